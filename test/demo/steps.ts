// The steps of the demo: what each is about to show, what it does, and what must be true afterwards.
import { isDeepStrictEqual } from "node:util";
import { claim, gap, print } from "./narration";
import { Outcome, Stage, STACK } from "./stage";

export interface Step {
  readonly title: string;
  /** What it is about to show. */
  readonly about: string;
  /** @param original what Lync Server was configured with before the first step */
  run(stage: Stage, original: ReturnType<Stage["configuration"]>): Promise<void>;
}

/** A domain that is allowed before the first step, and never in the code. */
export const BY_HAND = "litwareinc.com";
const CODE = "environments/demo.ts";
const LIST_OF_DOMAINS = "  allowedDomains: [\n";
const PARTNER = '    { domain: "fabrikam.com", comment: "Partner of the sales team" },\n';

const deploy: Step = {
  title: "Deploy to a Lync Server without push notifications",
  about:
    `The code in ${CODE} declares a hosting provider, two allowed domains, push notifications and federation. The ` +
    "deploy runs the cmdlets of Microsoft's procedure, waits until replication has reached the Edge, and runs both test " +
    "cmdlets. Each script says what it expected, what was there, and what it runs. " +
    `${BY_HAND} was allowed by hand before and is not in the code. Before each deploy, here and in the steps that follow, ` +
    "stands the report that a reviewer gets of it.",
  async run(stage) {
    const before = stage.configuration();
    stage.showLync("Lync before");
    const outcome = await stage.deploy();
    stage.showLync("Lync afterwards");
    stage.claimChanges("Each declared object took one cmdlet; nothing was removed.", outcome, [
      "New-CsHostingProvider",
      "New-CsAllowedDomain",
      "New-CsAllowedDomain",
      "Set-CsPushNotificationConfiguration",
      "Set-CsAccessEdgeConfiguration",
    ]);
    claimGate(stage, outcome);
    claimDeclared(stage);
    const kept = before.allowedDomains.every((each) =>
      stage.configuration().allowedDomains.some((now) => isDeepStrictEqual(each, now)),
    );
    claim(`${BY_HAND}, which is not in the code, is as it was.`, kept, () => "See the tables.");
  },
};

const deployAgain: Step = {
  title: "Deploy again",
  about: "The same code once more: no changes.",
  async run(stage) {
    const [lync, state] = [stage.configuration(), stage.app.state(STACK).text];
    const outcome = await stage.deploy();
    stage.claimChanges("No changes: no cmdlet that changes something ran.", outcome, []);
    claimTests("No test ran.", outcome, 0);
    stage.claimConfiguration("Lync is as it was.", lync);
    const now = stage.app.state(STACK).text;
    claim("The Terraform state is as it was, to the byte.", now === state, () => now);
  },
};

const changeProperty: Step = {
  title: "Change one property",
  about:
    "Some users are to move to Lync Online, so the provider is to share the address space. Terraform calls every edit a " +
    "replacement; Lync gets one Set- of that property. The provider is there all the time, so federation is not " +
    "interrupted. The tests run again, since what they verify has changed.",
  async run(stage) {
    const expected = stage.configuration();
    expected.hostingProviders[0].EnabledSharedAddressSpace = true;
    const line = "  hostingProvider: { enabledSharedAddressSpace: true },\n";
    stage.app.edit(CODE, LIST_OF_DOMAINS, line + LIST_OF_DOMAINS);
    const outcome = await stage.deploy({}, true);
    stage.showLync("Lync afterwards");
    stage.claimChanges("One Set-, nothing removed.", outcome, ["Set-CsHostingProvider"]);
    const { Force, Confirm, ...given } = outcome.changes[0].parameters;
    void [Force, Confirm];
    const alone = isDeepStrictEqual(given, { Identity: "LyncOnline", EnabledSharedAddressSpace: true });
    claim("It was given the changed property and no other.", alone, () => JSON.stringify(given));
    stage.claimConfiguration("Nothing else in Lync has changed.", expected);
    claimTests("Both tests ran again and succeeded.", outcome, 2);
  },
};

const takeDomainOut: Step = {
  title: "Take a domain out of the code",
  about:
    "fabrikam.com is a partner no longer. Its line leaves the code, and the deploy takes the domain out of Lync. " +
    `${BY_HAND} was never in the code and stays.`,
  async run(stage) {
    const expected = stage.configuration();
    expected.allowedDomains = expected.allowedDomains.filter((each) => each.Identity !== "fabrikam.com");
    stage.app.edit(CODE, PARTNER, "");
    const outcome = await stage.deploy();
    stage.showLync("Lync afterwards");
    stage.claimChanges("One Remove-.", outcome, ["Remove-CsAllowedDomain"]);
    stage.claimConfiguration("fabrikam.com has left Lync; nothing else has changed.", expected);
  },
};

const healDrift: Step = {
  title: "Find and heal what somebody changed by hand",
  about:
    "Somebody switches federation off and rewrites a comment in the Lync Server Management Shell. Terraform does not see " +
    "that by itself. The command drift compares Lync with the code; a deploy that is asked to look puts Lync right, with a " +
    "Set- of what differs.",
  async run(stage) {
    const expected = stage.configuration();
    gap();
    print("By hand: Set-CsAccessEdgeConfiguration -AllowFederatedUsers $False");
    print('By hand: Set-CsAllowedDomain -Identity "push.lync.com" -Comment "Ask Ken before use"');
    stage.app.lync.change((state) => {
      state.accessEdgeConfiguration.AllowFederatedUsers = false;
      const domain = state.allowedDomains.find((each) => each.Identity === "push.lync.com");
      if (domain) domain.Comment = "Ask Ken before use";
    });
    await stage.drift("The drift is found, which the exit code 2 tells to a nightly job.", true);
    const outcome = await stage.deploy({ LYNC_DETECT_DRIFT: STACK });
    stage.claimChanges("Two Set-, nothing removed.", outcome, [
      "Set-CsAccessEdgeConfiguration",
      "Set-CsAllowedDomain",
    ]);
    stage.claimConfiguration("Lync is as it was before somebody's work.", expected);
    await stage.drift("Nothing has drifted any more: the exit code is 0.", false);
  },
};

const destroy: Step = {
  title: "Destroy",
  about: "Everything that the code has brought to Lync leaves it, in the reverse order of the procedure.",
  async run(stage, original) {
    const outcome = await stage.destroy();
    stage.showLync("Lync afterwards");
    stage.claimChanges("What the code had declared, and nothing else, was removed or put back.", outcome, [
      "Set-CsAccessEdgeConfiguration",
      "Remove-CsPushNotificationConfiguration",
      "Remove-CsAllowedDomain",
      "Remove-CsHostingProvider",
    ]);
    stage.claimConfiguration("Lync is as it was before the first step.", original);
    const { addresses } = stage.app.state(STACK);
    claim("The Terraform state is empty.", addresses.length === 0, () => addresses.join(", "));
  },
};

/** In their order. */
export const STEPS: readonly Step[] = [
  deploy,
  deployAgain,
  changeProperty,
  takeDomainOut,
  healDrift,
  destroy,
];

/** A deploy fails where a test fails, so those that ran in one that worked have succeeded. */
function claimTests(text: string, outcome: Outcome, expected: number): void {
  claim(text, outcome.tests.length === expected, () => `Tests that ran: ${outcome.tests.join(", ")}`);
}

function claimGate(stage: Stage, outcome: Outcome): void {
  const looks = stage.app.lync.calls("Get-CsManagementStoreReplicationStatus");
  claim("The tests asked for the state of replication first.", looks >= 2, () => `Asked: ${looks} times`);
  claimTests("Both tests ran and succeeded.", outcome, 2);
  const junit = stage.app.read(`reports/TEST-${STACK}.xml`);
  const good = /<testsuites [^>]*tests="2" failures="0" errors="0" skipped="0"/.test(junit);
  claim("The JUnit report for the pipeline says the same.", good, () => junit);
}

function claimDeclared(stage: Stage): void {
  const lync = stage.configuration();
  const declared = {
    provider: lync.hostingProviders.map((each) => each.ProxyFqdn),
    domains: lync.allowedDomains
      .map((each) => each.Identity)
      .filter((each) => each !== BY_HAND)
      .sort(),
    apple: lync.pushNotificationConfigurations[0].EnableApplePushNotificationService,
    microsoft: lync.pushNotificationConfigurations[0].EnableMicrosoftPushNotificationService,
    federation: lync.accessEdgeConfiguration.AllowFederatedUsers,
  };
  const expected = {
    provider: ["sipfed.online.lync.com"],
    domains: ["fabrikam.com", "push.lync.com"],
    apple: true,
    microsoft: true,
    federation: true,
  };
  claim("Lync has what the code declares.", isDeepStrictEqual(declared, expected), () =>
    JSON.stringify(declared),
  );
}
