// The demo: the environment `demo` on its way to a simulated Lync Server and back, with the real cdktf and terraform.
import * as fs from "node:fs";
import * as path from "node:path";
import { ProcessLock } from "../support/process-lock";
import { powershell } from "../support/powershell";
import { bold, ClaimFailed, heading, print, say } from "./narration";
import { missingPrerequisites } from "./prerequisites";
import { ScratchApp } from "./scratch-app";
import { Stage } from "./stage";
import { BY_HAND, STEPS } from "./steps";

const CACHE = path.resolve(__dirname, "..", "..", ".cache");

async function main(): Promise<void> {
  print(bold("Push notifications for Lync Server 2013 from code: a demonstration"));
  const missing = missingPrerequisites();
  if (missing.length > 0)
    throw new Error(`The demo needs what this machine does not have:\n\n${missing.join("\n\n")}`);
  await powershell(); // may install it first, which says so
  say(
    "The Lync Server is a simulated one on this machine; cdktf, Terraform and PowerShell are the real ones. Terraform " +
      "downloads nothing, and in the project nothing outside of the folder .cache is touched. It takes one to two minutes.",
  );
  const lock = await takeTurn();
  try {
    await performAll(new Stage(new ScratchApp(path.join(CACHE, "demo"))));
  } finally {
    lock.release();
  }
}

/** Two demos at once would work in the same folder. */
async function takeTurn(): Promise<ProcessLock> {
  const folder = path.join(CACHE, "demo.lock");
  fs.mkdirSync(CACHE, { recursive: true });
  if (fs.existsSync(folder)) print("If another demo is running here, this one waits for its end.");
  return ProcessLock.take(folder);
}

async function performAll(stage: Stage): Promise<void> {
  const started = Date.now();
  const byHand = { Identity: BY_HAND, ProxyFqdn: null, Comment: "Allowed by hand", MarkForMonitoring: false };
  stage.app.lync.change((state) => {
    state.allowedDomains.push(byHand);
    state.replication.delaySeconds = 4;
  });
  const original = stage.configuration();
  for (const [at, step] of STEPS.entries()) {
    const began = Date.now();
    heading(`Step ${at + 1} of ${STEPS.length}: ${step.title}`);
    say(step.about);
    await step.run(stage, original);
    print(`    (${seconds(began)})`);
  }
  heading("Done");
  print(`All ${STEPS.length} steps showed what they announced, in ${seconds(started)}.`);
  print("What cdktf printed in full:         .cache/demo/logs");
  print("The app as the steps left it:       .cache/demo/app");
  print("The tests' reports, HTML and JUnit: .cache/demo/app/reports");
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

main().catch((error: Error) => {
  process.exitCode = 1;
  process.stderr.write(`\n${error.message}\n`);
  if (error instanceof ClaimFailed)
    process.stderr.write("The demo ends here, since it did not show what it had announced.\n");
});
