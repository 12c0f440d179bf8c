// A process that is ended from outside closes its session: a pool allows an account only a few.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { POWERSHELL_ARGUMENTS } from "../../constructs/private/terraform/local-exec";
import { SCRIPTS } from "../../constructs/private/terraform/script-process";
import { hasRemoteRunners, POOL, remoteRunner } from "../support/remote-runner";
import { SimulatedLync } from "../support/simulated-lync";

/** Runs Set-LyncObject until the far end hangs in the cmdlet; then `end` has its way. */
async function hanging(lync: SimulatedLync, seconds: number, end: (kill: () => void) => void) {
  const { runner, env, remove } = await remoteRunner();
  lync.fault({ cmdlet: "New-CsAllowedDomain", kind: "hangAfter" });
  const file = join(SCRIPTS, "Set-LyncObject.ps1");
  const child = spawn(runner.powerShell as string, [...POWERSHELL_ARGUMENTS, file], {
    env: {
      ...process.env,
      ...lync.env,
      ...env,
      LYNC_MODULE: "Lync",
      LYNC_SESSION_URI: POOL,
      LYNC_TIMEOUT_SECONDS: String(seconds),
      LYNC_KIND: "AllowedDomain",
      LYNC_SETTINGS: '{"Identity":":a.com"}',
    },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (text.includes("> New-CsAllowedDomain")) end(() => child.kill("SIGINT"));
  });
  const [code] = (await once(child, "close")) as [number | null];
  remove();
  return { code, stderr };
}

(hasRemoteRunners ? test : test.skip).each([
  ["its time is over", 12, () => {}, "ERROR: timed out: New-CsAllowedDomain took longer than 12 seconds."],
  [
    "Ctrl-C reaches it",
    60,
    (kill: () => void) => setTimeout(kill, 500),
    "ERROR: interrupted: apply AllowedDomain.",
  ],
])("the session is closed where %s", async (_, seconds, end, message) => {
  const lync = new SimulatedLync();
  const { code, stderr } = await hanging(lync, seconds, end);
  expect(stderr).toContain(message);
  expect(code).toBe(1);
  expect(lync.sessions()).toEqual({ opened: [POOL], open: 0 });
});
