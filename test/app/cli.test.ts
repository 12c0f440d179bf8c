// The command lines of the guide, as a user types them: synth, diff and deploy of the app as it is.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../environments";
import { copiedApp } from "../support/copied-app";
import { NullProvider, sharedNullProvider } from "../support/null-provider";
import { pathWithPowerShellExe } from "../support/powershell-exe";
import { powershell } from "../support/powershell";
import { run, RunResult } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";

const lync = new SimulatedLync();
let app: string;
let path: string;
let provider: NullProvider["env"];

beforeAll(async () => {
  app = copiedApp("cli");
  lync.change((state) => state.edges.push("accessproxy.staging.contoso.com"));
  path = pathWithPowerShellExe(join(app, "bin"), await powershell());
  provider = await sharedNullProvider();
}, 120_000);

afterAll(() => {
  rmSync(app, { recursive: true });
});

function cdktf(...args: string[]): Promise<RunResult> {
  const env = {
    ...lync.env,
    ...provider,
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    PATH: path,
  };
  const windows = process.platform === "win32";
  return windows
    ? run("cmd.exe", ["/d", "/c", "npx", "cdktf", ...args], { cwd: app, env })
    : run("npx", ["cdktf", ...args], { cwd: app, env });
}

test("cdktf synth writes every environment", async () => {
  expect(await cdktf("synth")).toMatchObject({ code: 0 });
  expect(readdirSync(join(app, "cdktf.out", "stacks")).sort()).toEqual(Object.keys(environments).sort());
});

test("cdktf diff shows the plan of an environment and asks Lync Server nothing", async () => {
  const { code, stdout } = await cdktf("diff", "staging", "--skip-provider-lock");
  expect(code).toBe(0);
  expect(stdout).toContain("null_resource.AllowedDomain_push_lync_com");
  expect(lync.state().calls).toEqual({});
});

test("cdktf deploy brings an environment to Lync Server and tests it", async () => {
  expect(await cdktf("deploy", "staging", "--auto-approve", "--skip-provider-lock")).toMatchObject({
    code: 0,
  });
  const { hostingProviders, allowedDomains, accessEdgeConfiguration } = lync.state();
  expect(hostingProviders.map((each) => each.ProxyFqdn)).toEqual(["sipfed.online.lync.com"]);
  expect(allowedDomains.map((each) => each.Identity)).toEqual(["push.lync.com"]);
  expect(accessEdgeConfiguration.AllowFederatedUsers).toBe(true);
  expect([lync.calls("Test-CsFederatedPartner"), lync.calls("Test-CsMcxPushNotification")]).toEqual([1, 1]);
});
