// node pipelines/drift.mjs ENVIRONMENT: what Lync Server has otherwise than declared, in review/drift-ENVIRONMENT.json.
// Ends with 0 also where something has drifted; the next step tells people.
import { CommandError, environments, run } from "./lib/command.mjs";
import { quoted } from "./lib/platform.mjs";
import { npmRun, write } from "./lib/process.mjs";

run(async (names) => {
  const [environment] = environments(names);
  const { code, stdout } = await npmRun("drift", [environment]);
  console.log(quoted(stdout));
  if (code !== 0 && code !== 2)
    throw new CommandError(`Whether ${environment} has drifted could not be told; see above.`);
  write(`review/drift-${environment}.json`, JSON.stringify({ drifted: code === 2, text: stdout }));
});
