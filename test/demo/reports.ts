// The reports of the demo's steps as pages for reviewers: `npm run demo`, then `npm run docs:review`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { markdown } from "../../constructs/private/review/markdown";
import { rehearse } from "../../constructs/private/review/rehearsal";
import { reviewOf } from "../../constructs/private/review/review";
import { readPlan } from "../../constructs/private/terraform/plan";
import { powershell } from "../support/powershell";
import { STACK } from "./stage";
import { STEPS } from "./steps";

const PROJECT = resolve(__dirname, "..", "..");
const PLANS = join(PROJECT, ".cache", "demo", "plans");

/** Where the pages are. */
export const PAGES = join(PROJECT, "docs", "review");

/** The pages by the names of their files, of the plans that the demo has left. */
export async function reportPages(): Promise<Record<string, string>> {
  const powerShell = await powershell();
  const rows = STEPS.map(({ title, about }, index) => {
    const file = `${index + 1}-${title.toLowerCase().replace(/[^a-z]+/g, "-")}.md`;
    return [file, page(`Step ${index + 1}: ${title}`, about, index + 1, powerShell)];
  });
  return Object.fromEntries(rows);
}

function page(title: string, about: string, step: number, powerShell: string): string {
  const file = join(PLANS, `${step}.json`);
  if (!existsSync(file)) throw new Error(`${file} is missing. Run the demo first: npm run demo`);
  const resources = readPlan(readFileSync(file, "utf8"));
  const review = reviewOf(STACK, resources, rehearse(resources, { live: false, powerShell }));
  // The raw plan holds random ids, and the look at the server its time.
  const report = markdown([{ ...review, raw: [] }]).replace(
    /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
    "2026-11-27T06:00:00.000Z",
  );
  return ["<!-- Made by `npm run docs:review`. -->", "", `# ${title}`, "", about, "", report].join("\n");
}

async function write(): Promise<void> {
  mkdirSync(PAGES, { recursive: true });
  for (const [file, text] of Object.entries(await reportPages())) writeFileSync(join(PAGES, file), text);
}

if (require.main === module) void write();
