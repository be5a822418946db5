import type { Point } from './fit-line.js';
import { judgeSeries, type Measure, type Verdict } from './judge-series.js';
import type { HomeSize } from './measure-home.js';
import type { Watcher } from './watcher.js';

const MIB = 2 ** 20;

type Sample = NonNullable<Awaited<ReturnType<Watcher['sample']>>>;

/** What is measured of each process, and by how much it may rise from the end of the warm-up to the end. */
const OF_PROCESSES: readonly (Measure & { of: (sample: Sample) => number })[] = [
  { name: 'heap, MiB', mayRise: 2, of: ({ heapBytes }) => heapBytes / MIB },
  { name: 'buffers, MiB', mayRise: 2, of: ({ externalBytes }) => externalBytes / MIB },
  { name: 'RSS, MiB', mayRise: 32, of: ({ rssBytes }) => rssBytes / MIB },
  { name: 'descriptors', mayRise: 2, of: ({ descriptors }) => descriptors },
  { name: 'watches', mayRise: 2, of: ({ watches }) => watches },
  { name: 'timers', mayRise: 2, of: ({ timers }) => timers },
  { name: 'active resources', mayRise: 3, of: ({ resources }) => resources },
  { name: 'child processes', mayRise: 1, of: ({ children }) => children },
];

/** What was measured in the course of a soak, by the name of the process and of what it is. */
export class Series {
  readonly #points = new Map<string, { measure: Measure; points: Point[] }>();
  readonly #processor = new Map<string, { at: number; seconds: number }>();

  takeProcess(name: string, sample: Sample, at: number): void {
    const before = this.#processor.get(name);
    this.#processor.set(name, { at, seconds: sample.processorSeconds });
    if (before) {
      const share = (sample.processorSeconds - before.seconds) / ((at - before.at) / 1_000);
      this.#add({ name: `${name}: processor, % of a core`, mayRise: 5 }, { at, value: 100 * share });
    }
    for (const { of, ...measure } of OF_PROCESSES) {
      this.#add({ ...measure, name: `${name}: ${measure.name}` }, { at, value: of(sample) });
    }
  }

  /** `sessions` is how many are wanted at a time: by so much the number of files goes up and down. */
  takeHome(size: HomeSize, { events, sessions, at }: { events: number; sessions: number; at: number }): void {
    const mayVary = Math.max(10, sessions / 2);
    this.#add({ name: 'home: records', mayRise: mayVary }, { at, value: size.records });
    this.#add({ name: 'home: other files', mayRise: mayVary }, { at, value: size.others });
    this.#add({ name: 'home: temporaries', mayRise: 2 }, { at, value: size.temporaries });
    const bytes = events === 0 ? 0 : size.journalBytes / events;
    this.#add({ name: 'journal: bytes an event', mayRise: 40 }, { at, value: bytes });
  }

  /** How long it takes from a death to its line, for one who watches, and how long it takes the machine to start a process. */
  takeLatency({ name, ms, bareMs, at }: { name: string; ms: number; bareMs: number; at: number }): void {
    this.#add({ name: `${name}: death to line, ms`, mayRise: null }, { at, value: ms });
    this.#add({ name: `${name}: death to line, bare processes`, mayRise: 10 }, { at, value: ms / bareMs });
  }

  takeMachine(bareMs: number, at: number): void {
    this.#add({ name: 'machine: a bare process, ms', mayRise: null }, { at, value: bareMs });
  }

  judge(warmUntil: number): Verdict[] {
    return [...this.#points.values()].map(({ measure, points }) => judgeSeries(measure, points, warmUntil));
  }

  #add(measure: Measure, point: Point): void {
    const series = this.#points.get(measure.name) ?? { measure, points: [] };
    series.points.push(point);
    this.#points.set(measure.name, series);
  }
}
