// Reads pictures from the standard input as a JSON list, and writes what Mermaid's own parser finds in each, or its error.
import { readFileSync } from "node:fs";
import process from "node:process";
import { JSDOM } from "jsdom";

// Mermaid cleans texts by a browser's document.
globalThis.window = new JSDOM("").window;
globalThis.document = globalThis.window.document;
const { default: mermaid } = await import("mermaid");

const decoded = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)).replace(/ﬂ°(\w+)¶ß/g, "&$1;");

async function parsed(picture) {
  try {
    await mermaid.parse(picture);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(picture);
    const vertices = [...db.getVertices().values()];
    const boxes = db.getSubGraphs();
    return {
      nodes: vertices
        .filter(({ id }) => !boxes.some((box) => box.id === id))
        .map(({ id, text, classes }) => ({ id, text: decoded(text), classes })),
      boxes: boxes.map(({ id, title, nodes }) => ({ id, title: decoded(title), nodes })),
      edges: db.getEdges().map(({ start, end }) => [start, end]),
    };
  } catch (error) {
    return { error: error.message };
  }
}

const pictures = JSON.parse(readFileSync(0, "utf8"));
const results = [];
for (const picture of pictures) results.push(await parsed(picture));
process.stdout.write(JSON.stringify(results), () => process.exit(0));
