// The create of one object, beside a shell that loads the module and runs the cmdlet.
import { AllowedDomain } from "../../constructs";
import { runPowerShell } from "../support/powershell";
import { SimulatedLync } from "../support/simulated-lync";
import { TestRun } from "../support/test-run";
import { Row } from "./report";
import { medians } from "./timing";

/** As on a real server, where the module takes seconds. */
export const MODULE_SECONDS = 2;

export async function oneObject(rounds: number): Promise<Row[]> {
  const [slow, fast] = [await compare(rounds, MODULE_SECONDS), await compare(rounds, 0)];
  return [...rowsOf(slow, MODULE_SECONDS, { atMost: 1.25 }), ...rowsOf(fast, 0)];
}

async function compare(rounds: number, importDelaySeconds: number) {
  const lync = new SimulatedLync();
  lync.change((state) => (state.importDelaySeconds = importDelaySeconds));
  const ours = new TestRun(lync, { preflight: false });
  let turn = 0;
  const settle = () => lync.change((state) => (state.allowedDomains = []));
  const times = await medians(rounds, {
    bare: async () => {
      settle();
      await succeeds(bare(lync, `bare${++turn}.contoso.com`));
    },
    ours: async () => {
      settle();
      ours.synthesize(
        (stack) => new AllowedDomain(stack, "Domain", { domain: "ours.contoso.com", comment: "A remark" }),
      );
      await succeeds(ours.run("Domain"));
    },
  });
  ours.remove();
  return times;
}

function bare(lync: SimulatedLync, domain: string) {
  const command = `Import-Module Lync; $null = New-CsAllowedDomain -Identity ${domain} -Comment 'A remark'`;
  return runPowerShell(["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", command], { env: lync.env });
}

export async function succeeds(running: Promise<{ code: number | null; stdout: string; stderr: string }>) {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new Error(`It ended with ${code}:\n${stdout}${stderr}`);
}

function rowsOf(
  { bare, ours }: Record<"bare" | "ours", number>,
  seconds: number,
  target?: Row["target"],
): Row[] {
  const load = `${seconds} s to load the module`;
  return [
    { what: `a bare shell, ${load}`, value: bare, unit: "ms" },
    { what: `the script of one object, ${load}`, value: ours, unit: "ms" },
    { what: `ratio, ${load}`, value: ours / bare, unit: "x", target },
  ];
}
