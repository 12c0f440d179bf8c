// The calls of a deploy as lines of PowerShell, with a comment where something else than the code decides about them.
import { Outcome, RehearsedStep } from "./rehearsal";

/** Comments and calls; a comment is for all calls up to the next one. */
export function cmdletLines(steps: readonly RehearsedStep[]): string[] {
  const lines: string[] = [];
  let said = "";
  for (const step of steps) {
    for (const outcome of step.outcomes.filter((each) => each.Lines.length > 0)) {
      const comment = remarks(step, outcome).join(" ");
      if (comment !== said) lines.push(`# ${comment || "In any case:"}`);
      said = comment;
      lines.push(...outcome.Lines);
    }
  }
  return lines;
}

function remarks({ script, environment }: RehearsedStep, outcome: Outcome): string[] {
  const { State, Way, Kept, Lines, Set } = outcome;
  const seconds = Number(environment.LYNC_RETRY_TIMEOUT ?? 0);
  return [
    ...(Way === "create" && State === "absent" ? [absent(environment.LYNC_CLAIM_WAY, Set)] : []),
    ...(Way === "change" && isOpen(outcome)
      ? ["Only those of these settings that the server has otherwise; nothing where it has them all:"]
      : []),
    ...(Kept.length > 0 && State !== "live"
      ? [`${Kept.join(", ")}: not declared, so the new object gets what the old one had.`]
      : []),
    ...(script === "Confirm-LyncTest"
      ? ["Only if the test before was cut off, so that the runner has no note of its end:"]
      : []),
    ...(seconds > 0 ? [`Until it succeeds, for at most ${seconds} s:`] : []),
    ...(Lines.some((line) => line.includes("$KnownAfterApply"))
      ? ["$KnownAfterApply: a value that comes up during the deploy."]
      : []),
    ...(Lines.some((line) => line.includes("$Sensitive"))
      ? ["$Sensitive: a value that no report shows."]
      : []),
  ];
}

function absent(way: string | undefined, set: string | null): string {
  const other = set ? `${set} with what differs, or nothing` : "what differs";
  if (way === "exact")
    return "If it is not there yet. If it is there with other settings, the deploy stops before any change:";
  return `If it is not there yet. If it is: ${other}:`;
}

/** Whether the server may have some of the settings just so already. */
export function isOpen({ State, Differences }: Outcome): boolean {
  return (
    ["first", "uncertain"].includes(State) || Differences.some(({ Before }) => Before === "(not declared)")
  );
}
