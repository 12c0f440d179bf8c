// The samples of a text in Markdown that begin with the name of their file, `// main.ts`: those texts by those names.
export function namedSamples(markdown: string): Record<string, string> {
  const samples = markdown.matchAll(/^```[tj]s\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm);
  return Object.fromEntries([...samples].map(([, text, name]) => [name, text]));
}
