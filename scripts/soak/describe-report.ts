import { table } from '../../bench/write-section.js';
import type { SoakReport } from './soak-report.js';

const round = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

/** A report as Markdown. */
export function describeReport({ verdicts, counts, breaches, takeoverMs }: SoakReport): string {
  const rows = verdicts.map(({ name, firstThird, lastThird, slope, bound, isBroken }) => ({
    measure: name,
    'first third': round(firstThird),
    'last third': round(lastThird),
    'an hour': round(slope),
    bound: bound === null ? '' : round(bound),
    verdict: isBroken ? 'BROKEN' : bound === null ? '' : 'held',
  }));
  const counted = Object.entries(counts).map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  const sorted = [...takeoverMs].sort((one, other) => one - other).map(Math.round);
  const takeovers =
    sorted.length === 0
      ? ''
      : `\n\nThe loop's holder was killed ${sorted.length} times: another told the next event after ${sorted.join(', ')} ms.`;
  const broken = breaches.length === 0 ? 'none' : String(breaches.length);
  return (
    'Medians of the first and the last third after a warm-up of a fifth, the slope of the line of least squares by the ' +
    `hour, and the steepest one that is no leak in so long a run.\n\n${table(rows)}\n\n` +
    `Counted: ${counted.join(', ')}. Breaches: ${broken}.${takeovers}`
  );
}
