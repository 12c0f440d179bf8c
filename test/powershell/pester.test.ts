/**
 * The functions of the scripts: one process tests all *.Tests.ps1 of this folder by Pester, and each of its tests is one here.
 * @jest-environment ./test/support/pester-environment.ts
 */
import type { Outcome } from "../support/pester";

const { pester } = globalThis as unknown as { pester: Outcome[] };
const files = [...new Set(pester.map(({ file }) => file))];

describe.each(files)("%s", (file) => {
  for (const { path, result, message } of pester.filter((each) => each.file === file)) {
    const run = result === "Skipped" ? test.skip : test;
    run(path.join(" "), () => {
      if (result !== "Passed") throw new Error(`${result}: ${message}`);
    });
  }
});
