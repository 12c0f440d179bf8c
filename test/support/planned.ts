// What Terraform would plan from one synthesised stack to another, for tests that run thousands of steps without it.
import { PlannedResource, PlannedScript } from "../../constructs/private/terraform/plan";
import { unescaped } from "../../constructs/private/terraform/terraform-text";
import { Configuration, Resource } from "./synth";

/** The plan of the second configuration where the first one was applied. */
export function planned(before: Configuration | undefined, after: Configuration): PlannedResource[] {
  const [old, now] = [resources(before), resources(after)];
  const objectsChange = [...new Set([...old.keys(), ...now.keys()])].some(
    (address) =>
      !isClosing(address) &&
      JSON.stringify(text(old.get(address))) !== JSON.stringify(text(now.get(address))),
  );
  return [...new Set([...old.keys(), ...now.keys()])].map((address) => {
    const [was, is] = [old.get(address), now.get(address)];
    const changes = isClosing(address)
      ? objectsChange
      : JSON.stringify(text(was)) !== JSON.stringify(text(is));
    const scripts = (is?.provisioner ?? []).map((each) => each["local-exec"]);
    const script = (destroy: boolean) => scripts.find(({ when }) => (when === "destroy") === destroy);
    return {
      address,
      changes,
      creates: is !== undefined && changes,
      destroys: was !== undefined && changes,
      tainted: false,
      ...(was && { id: address, before: triggers(was) }),
      ...(is && { after: triggers(is) }),
      rawBefore: was && text(was),
      rawAfter: is && text(is),
      onCreate: scriptOf(script(false)),
      onDestroy: scriptOf(script(true)),
      dependsOn: is?.depends_on ?? [],
    };
  });
}

function isClosing(address: string): boolean {
  return address === "terraform_data.LyncClosing";
}

function resources(configuration: Configuration | undefined): Map<string, Resource> {
  const rows = Object.entries(configuration?.resource ?? {}).flatMap(([type, all]) =>
    Object.entries(all).map(([name, each]): [string, Resource] => [`${type}.${name}`, each]),
  );
  return new Map(rows);
}

/** The triggers, or the input, as Terraform makes them of the configuration. */
function text(resource: Resource | undefined): unknown {
  const value: unknown = resource?.triggers ?? resource?.triggers_replace ?? resource?.input;
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value), (_, each) => (typeof each === "string" ? unescaped(each) : each));
}

function triggers(resource: Resource): PlannedResource["before"] {
  const rows = Object.entries((text(resource) ?? {}) as Record<string, unknown>);
  return Object.fromEntries(rows.map(([name, value]) => [name, { text: String(value), sensitive: false }]));
}

function scriptOf(execution?: Resource["provisioner"][number]["local-exec"]): PlannedScript | undefined {
  if (!execution) return undefined;
  const { command, interpreter, environment } = execution;
  const [script, digest] = command.replace(".ps1", "").split("/").reverse();
  return { script, digest, powerShell: interpreter[0], environment };
}
