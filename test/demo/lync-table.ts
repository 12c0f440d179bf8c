// What the simulated Lync Server has, as tables of text.
import { ReplicatedConfiguration } from "../support/simulated-lync";

type Row = readonly string[];

/** The lines of each table. */
export function lyncTables(lync: ReplicatedConfiguration): string[][] {
  const edge = lync.accessEdgeConfiguration;
  return [
    table(
      ["Hosting provider", "Proxy FQDN", "Enabled", "Verification level", "Shared address space"],
      lync.hostingProviders.map((each) => [
        each.Identity,
        each.ProxyFqdn,
        yesNo(each.Enabled),
        each.VerificationLevel,
        yesNo(each.EnabledSharedAddressSpace),
      ]),
    ),
    table(
      ["Allowed domain", "Comment"],
      lync.allowedDomains.map((each) => [each.Identity, each.Comment ?? ""]),
    ),
    table(
      ["Push notifications", "Apple", "Microsoft"],
      lync.pushNotificationConfigurations.map((each) => [
        each.Identity,
        onOff(each.EnableApplePushNotificationService),
        onOff(each.EnableMicrosoftPushNotificationService),
      ]),
    ),
    table(
      ["Access Edge", "Federation", "Routing"],
      [[edge.Identity, onOff(edge.AllowFederatedUsers), edge.RoutingMethod]],
    ),
  ];
}

function table(head: Row, rows: readonly Row[]): string[] {
  const body = rows.length > 0 ? rows : [["(none)"]];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((row) => (row[column] ?? "").length)),
  );
  const line = (row: Row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(line)];
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

function onOff(value: boolean): string {
  return value ? "on" : "off";
}
