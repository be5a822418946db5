const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** A time span in its largest unit: `3d`, `2h`, `5m`, `7s`. */
export function describeAge(ageMs: number): string {
  const [unit, unitMs] = UNITS.find(([, ms]) => ageMs >= ms) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ageMs / unitMs))}${unit}`;
}
