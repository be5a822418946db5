import type { Cost } from './contender.js';
import type { HiredContender } from './hired-contender.js';
import { quantile } from './quantile.js';

const ROUNDS = 7;

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
      costs.get(name)?.push(await contender.pass(passes));
    }
  }
  return Object.fromEntries([...costs].map(([name, all]) => [name, middle(all)]));
}

function middle(costs: readonly Cost[]): Cost {
  const of = (field: keyof Cost): number =>
    quantile(
      costs.map((cost) => cost[field]),
      0.5,
    );
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), starts: of('starts'), peakMb: of('peakMb') };
}
