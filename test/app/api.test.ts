// API.md is what the code says: made anew it is the same, and nothing public is without a description.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../support/run";

const root = resolve(__dirname, "..", "..");

test("API.md is made of the code as it is (npm run docs:api), without a warning", async () => {
  const folder = mkdtempSync(join(tmpdir(), "api-"));
  try {
    const { code, stdout, stderr } = await run("npx", ["typedoc", "--out", folder], { cwd: root });
    expect(stderr + stdout).not.toMatch(/warning|error/);
    expect(code).toBe(0);
    const made = readFileSync(join(folder, "API.md"), "utf8").split("\n");
    const kept = readFileSync(join(root, "docs", "API.md"), "utf8").split("\n");
    expect(made.filter((line) => !kept.includes(line))).toEqual([]);
    expect(made.length).toBe(kept.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
