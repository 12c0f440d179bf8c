// What GitHub's own parser says of workflows: a list of errors, as JSON. Its package has the schema as JSON, which Node.js
// imports only where it is told that it is.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { basename } from "node:path";

const hook = `export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  await import("@actions/workflow-parser");

const errors = [];
for (const path of process.argv.slice(2)) {
  const file = { name: basename(path), content: readFileSync(path, "utf8") };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  const { errors: more = [] } = value ? await convertWorkflowTemplate(context, value) : {};
  errors.push(...context.errors.getErrors().map((each) => each.message), ...more.map((each) => each.Message));
}
console.log(JSON.stringify([...new Set(errors)]));
