// A stack that is synthesised on one machine and deployed on another: plain terraform, in a copy of the folder.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { LyncResourceType, PushNotificationStack } from "../../constructs";
import { powershell } from "../support/powershell";
import { run } from "../support/run";
import { SimulatedLync } from "../support/simulated-lync";

const folder = mkdtempSync(join(tmpdir(), "copied-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As `cdktf synth` does it in the folder of the app. */
function synthesizeIn(app: string, powerShell: string): void {
  const before = process.cwd();
  process.chdir(app);
  try {
    const synthesized = new App({ outdir: join(app, "cdktf.out") });
    const runner = { powerShell, preflight: false, resourceType: LyncResourceType.TERRAFORM_DATA };
    const tests = false;
    new PushNotificationStack(synthesized, "contoso", {
      accessEdgeFqdn: "accessproxy.contoso.com",
      tests,
      runner,
    });
    synthesized.synth();
  } finally {
    process.chdir(before);
  }
}

test("terraform deploys a copy of cdktf.out, and leaves its state beside it", async () => {
  const [app, runner] = ["app", "runner"].map((name) => join(folder, name));
  mkdirSync(app);
  mkdirSync(runner);
  synthesizeIn(app, await powershell());
  cpSync(join(app, "cdktf.out"), join(runner, "cdktf.out"), { recursive: true });
  rmSync(app, { recursive: true });
  const lync = new SimulatedLync();
  const cwd = join(runner, "cdktf.out", "stacks", "contoso");
  const env = { ...lync.env, XDG_DATA_HOME: folder, CHECKPOINT_DISABLE: "1" };
  for (const words of [["init"], ["apply", "-auto-approve"]]) {
    const { code, stdout, stderr } = await run("terraform", [...words, "-input=false", "-no-color"], {
      cwd,
      env,
    });
    expect({ code, text: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, text: "" });
  }
  expect(lync.state()).toMatchObject({
    hostingProviders: [{ Identity: "LyncOnline" }],
    allowedDomains: [{ Identity: "push.lync.com" }],
    accessEdgeConfiguration: { AllowFederatedUsers: true },
  });
  expect(existsSync(join(runner, "terraform.contoso.tfstate"))).toBe(true);
});
