// What the pipelines write on a platform, in Markdown, and where they find it again.
import { codeBlock, marker, page } from "./text.mjs";

export const REVIEW = "lync-review";

export function driftMark(environment) {
  return `lync-drift-${environment}`;
}

/** The one comment of a pull request. */
export function comment(report, { commit, url }) {
  return page(
    REVIEW,
    report,
    `_This is about commit ${commit}. It is written anew with each push ([log](${url}))._`,
  );
}

export function driftTitle(environment) {
  return `Lync Server of ${environment} is not as the code declares`;
}

/** The issue of an environment. */
export function driftBody(environment, text, { url }) {
  return page(
    driftMark(environment),
    [
      `Somebody changed Lync Server of \`${environment}\` by hand:`,
      "",
      codeBlock(text),
      "",
      "Either write it into the code, or run the deploy pipeline with **heal**: it puts back what is declared.",
    ].join("\n"),
    `_Last seen in [this run](${url}). It is looked at every night, and this closes by itself._`,
  );
}

/** The end of an issue that is over. Its marker goes, so that it is never taken for an open one. */
export function healed(body, environment, { url }) {
  const rest = body.replace(marker(driftMark(environment)), "").trim();
  return `${rest}\n\n**Healed:** nothing differs any more in [this run](${url}).`;
}
