// The deploys of the demo's six objects and two tests: how many processes, and how many loads of the module stand one after the
// other. The latter is measured: by how much a deploy is longer where the module takes longer to load.
import { environments } from "../../environments";
import { PushNotifications, PushNotificationsProps } from "../../constructs";
import { Deployment } from "../support/deployment";
import { Row } from "./report";
import { median, taken } from "./timing";

const SECONDS = 4;
const ROUNDS = 3;

const { accessEdgeFqdn, allowedDomains = [], accessEdge } = environments.demo;
const DEMO: PushNotificationsProps = { accessEdgeFqdn, allowedDomains, accessEdge };
const [push, partner] = allowedDomains;

export async function demoProcesses(): Promise<Row[]> {
  const counted = await edits();
  const [fast, slow] = [await firstDeploy(0), await firstDeploy(SECONDS)];
  return [
    ...counted,
    { what: "the first deploy, where the module loads at once", value: fast / 1_000, unit: "s" },
    { what: `the first deploy, where the module takes ${SECONDS} s`, value: slow / 1_000, unit: "s" },
    {
      what: "loads of the module, one after the other",
      value: (slow - fast) / 1_000 / SECONDS,
      unit: "loads",
      note: `medians of ${ROUNDS} deploys each, since one takes half a minute`,
    },
  ];
}

/** Milliseconds of a first deploy. */
async function firstDeploy(importDelaySeconds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const to = new Deployment();
    to.lync.change((state) => (state.importDelaySeconds = importDelaySeconds));
    times.push(await taken(() => to.apply((stack) => new PushNotifications(stack, "Default", DEMO))));
    to.remove();
  }
  return median(times);
}

/** The processes of one deploy after the other. */
async function edits(): Promise<Row[]> {
  const to = new Deployment();
  const rows: Row[] = [];
  const count = (what: string, output: string) =>
    rows.push({ what, value: output.match(/\(local-exec\): Executing:/g)?.length ?? 0, unit: "processes" });
  const deploy = async (what: string, props: PushNotificationsProps) =>
    count(what, await to.apply((stack) => new PushNotifications(stack, "Default", props)));
  await deploy("the first deploy", DEMO);
  await deploy("nothing to do", DEMO);
  const edited = { ...DEMO, allowedDomains: [push, { ...partner, comment: "Partner of the buyers" }] };
  await deploy("an edit of a domain that no test is about", edited);
  await deploy("a domain leaves that no test is about", { ...DEMO, allowedDomains: [push] });
  count("destroy", await to.destroy((stack) => new PushNotifications(stack, "Default", DEMO)));
  to.remove();
  return rows;
}
