import { setTimeout as delay } from 'node:timers/promises';
import type { Cost } from './contender.js';
import type { HiredContender } from './hired-contender.js';
import { quantile } from './quantile.js';

const ROUNDS = 7;

/** What a thousand clients of tmux leave behind holds up whoever asks it next, for half a second; and its memory is cold. */
const AFTERMATH_MS = 3_000;

/** What a pass took, by contender. */
export type Costs = Readonly<Record<string, Cost | undefined>>;

/** The cost of a pass of each contender: the median of rounds in which each has its turn. */
export async function compete(
  contenders: ReadonlyMap<string, HiredContender>,
  { sessions, before }: { sessions: number; before?: () => Promise<void> },
): Promise<Costs> {
  // The processor's clock of ended children ticks each 10 ms, so short passes are timed several at a time.
  const passes = before ? 1 : Math.max(1, Math.round(200 / sessions));
  const costs = new Map<string, Cost[]>([...contenders.keys()].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, contender] of contenders) {
      await before?.();
      const cost = await contender.pass(passes);
      costs.get(name)?.push(cost);
      if (cost.starts > 0) await recover(contenders, contender);
    }
  }
  return Object.fromEntries([...costs].map(([name, all]) => [name, middle(all)]));
}

/** Lets pass, at nobody's cost, what a contender that starts programs leaves behind. */
async function recover(
  contenders: ReadonlyMap<string, HiredContender>,
  after: HiredContender,
): Promise<void> {
  await delay(AFTERMATH_MS);
  for (const other of contenders.values()) if (other !== after) await other.pass(1);
}

function middle(costs: readonly Cost[]): Cost {
  const of = (field: keyof Cost): number =>
    quantile(
      costs.map((cost) => cost[field]),
      0.5,
    );
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), starts: of('starts'), peakMb: of('peakMb') };
}
