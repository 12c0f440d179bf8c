// A deploy through a remote session: errors and values of the far side. The functions that judge these: FarErrors.Tests.ps1.
import { rmSync } from "node:fs";
import { delimiter } from "node:path";
import { FederationTest, HostingProvider, VerificationLevel } from "../../constructs";
import { Build, Deployment } from "../support/deployment";
import { FAR_MODULE, farSession } from "../support/far-session";
import { SimulatedLync } from "../support/simulated-lync";

const SQL = "System.Data.SqlClient.SqlException";
const WRAPPED = "Microsoft.Rtc.Common.Data.SqlConnectionException";

describe("a deploy through a session", () => {
  const folder = farSession();
  const lync = new SimulatedLync();
  const PSModulePath = [folder, lync.env.PSModulePath].join(delimiter);
  const to = new Deployment(lync, {
    runner: { module: FAR_MODULE, preflight: false },
    env: { PSModulePath },
  });
  const build =
    (verificationLevel: VerificationLevel): Build =>
    (stack) =>
      new HostingProvider(stack, "P", {
        identity: "LyncOnline",
        proxyFqdn: "sipfed.online.lync.com",
        verificationLevel,
      });
  afterAll(() => {
    to.remove();
    rmSync(folder, { recursive: true });
  });

  test("tries a fault of the store again, and a refused login not", async () => {
    await to.apply(build(VerificationLevel.USE_SOURCE_VERIFICATION));
    const fault = {
      cmdlet: "Set-SimCsHostingProvider",
      kind: "throwBefore",
      exception: WRAPPED,
      inner: SQL,
    } as const;
    lync.fault(fault);
    expect(await to.apply(build(VerificationLevel.ALWAYS_VERIFIABLE))).toContain(
      "Trying again in 2 s (1 of 3).",
    );
    lync.clearLog();
    lync.fault({ ...fault, number: 18456 });
    const { code, stderr } = await to.tryApply(build(VerificationLevel.ALWAYS_UNVERIFIABLE));
    expect(code).toBe(1);
    expect(lync.log()).toHaveLength(1);
    expect(stderr).toContain("such as CsAdministrator");
  });

  test("takes what a test cmdlet throws for its result", async () => {
    const throws = "Microsoft.Rtc.Signaling.FailureResponseException";
    lync.change((state) =>
      state.testResults.push({ cmdlet: "Test-CsFederatedPartner", result: "Failure", error: "504", throws }),
    );
    const { code, stderr } = await to.tryApply(
      (stack) =>
        new FederationTest(stack, "T", {
          targetFqdn: "accessproxy.contoso.com",
          domain: "push.lync.com",
          domainManagedElsewhere: true,
        }),
    );
    expect(code).toBe(1);
    expect(stderr).toContain("FederationTest against push.lync.com did not succeed.");
    expect(stderr).toContain(`Diagnosis: ${throws}`);
    expect(stderr).toContain("Check: No answer in time.");
  });
});
