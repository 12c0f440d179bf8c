// The deploy of the demo's six objects and two tests: how many processes, and how many loads of the module stand one after the
// other. The latter is measured: by how much the deploy is longer where the module takes longer to load.
import { environments } from "../../environments";
import { PushNotifications, PushNotificationsProps } from "../../constructs";
import { Deployment } from "../support/deployment";
import { Row } from "./report";
import { taken } from "./timing";

const SECONDS = 4;
const ROUNDS = 3;

export async function demoProcesses(): Promise<Row[]> {
  const fast = await deploys(0);
  const slow = await deploys(SECONDS);
  const loads = (slow.median - fast.median) / 1_000 / SECONDS;
  return [
    { what: "processes of the first deploy", value: fast.processes, unit: "processes" },
    { what: "the deploy, where the module loads at once", value: fast.median / 1_000, unit: "s" },
    { what: `the deploy, where the module takes ${SECONDS} s`, value: slow.median / 1_000, unit: "s" },
    {
      what: "loads of the module, one after the other",
      value: Math.round(loads),
      unit: "loads",
      note: `medians of ${ROUNDS} deploys each, since one takes a minute`,
    },
  ];
}

async function deploys(importDelaySeconds: number) {
  const times: number[] = [];
  let processes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const to = new Deployment();
    to.lync.change((state) => (state.importDelaySeconds = importDelaySeconds));
    const { accessEdgeFqdn, allowedDomains, accessEdge } = environments.demo;
    const tests = { replication: { intervalSeconds: 1 } };
    const described: PushNotificationsProps = { accessEdgeFqdn, allowedDomains, accessEdge, tests };
    let output = "";
    times.push(
      await taken(async () => {
        output = await to.apply((stack) => new PushNotifications(stack, "Default", described));
      }),
    );
    processes = output.match(/\(local-exec\): Executing:/g)?.length ?? 0;
    to.remove();
  }
  return { median: times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)], processes };
}
