// A text that may be longer than one environment variable of a Windows machine, carried in several.
import { gzipSync } from "node:zlib";

// A Windows environment variable holds 32,767 characters.
const CHARACTERS_PER_VARIABLE = 30_000;
// Room for 2,000 names of 253 random characters, which compress badly.
const VARIABLES = 20;
// Terraform's compression and this one may differ by a little.
const MARGIN = 0.95;

/** The most characters that the compressed text may have. */
export const LONGEST = Math.floor(CHARACTERS_PER_VARIABLE * VARIABLES * MARGIN);

/** The length that the text has on its way: compressed, in Base64. */
export function lengthOnTheWay(text: string): number {
  return compress(text).length;
}

/** Whether it is short enough whatever it holds: Base64 makes four characters of three, and nothing compresses to much more. */
export function isShort(text: string): boolean {
  return text.length * 2 <= LONGEST;
}

/** Variables `NAME_0`, `NAME_1` … with the text of a Terraform expression, whose length only Terraform knows. */
export function expressionVariables(name: string, expression: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: VARIABLES }, (_, index) => {
      const start = index * CHARACTERS_PER_VARIABLE;
      return [
        `${name}_${index}`,
        `\${substr(base64gzip(${expression}), ${start}, ${CHARACTERS_PER_VARIABLE})}`,
      ];
    }),
  );
}

/** Variables `NAME_0`, `NAME_1` … with a text that is known at synthesis: as many as it needs. */
export function textVariables(name: string, text: string): Record<string, string> {
  const parts = compress(text).match(new RegExp(`.{1,${CHARACTERS_PER_VARIABLE}}`, "g")) ?? [];
  return Object.fromEntries(parts.map((part, index) => [`${name}_${index}`, part]));
}

function compress(text: string): string {
  const bytes = gzipSync(text);
  bytes[9] = 255; // The machine's kind: without it every machine synthesises the same.
  return bytes.toString("base64");
}
