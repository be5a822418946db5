const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

/** A time on the axis: epoch milliseconds, and how it is written. */
export interface Tick {
  at: number;
  label: string;
}

/** Round times (UTC) between two, at most `count` of them. */
export function makeTicks({ from, to, count }: { from: number; to: number; count: number }): Tick[] {
  const spanS = Math.max(1, (to - from) / 1000);
  const days = Math.ceil(spanS / 86_400 / Math.max(1, count));
  const stepS = STEPS_S.find((step) => spanS / step <= count) ?? days * 86_400;
  const stepMs = stepS * 1000;
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / stepMs) * stepMs; at <= to; at += stepMs) {
    ticks.push({ at, label: labelOf(at, stepS) });
  }
  return ticks;
}

function labelOf(at: number, stepS: number): string {
  const iso = new Date(at).toISOString();
  if (stepS >= 86_400) return iso.slice(5, 10);
  return iso.slice(11, stepS < 60 ? 19 : 16);
}
