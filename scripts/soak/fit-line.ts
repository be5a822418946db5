/** A value at a moment; what the units are is up to who asks. */
export interface Point {
  at: number;
  value: number;
}

/** How much the values rise for each unit of time, by the line of least squares; 0 where there is no line. */
export function fitSlope(points: readonly Point[]): number {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const meanAt = mean(points.map(({ at }) => at));
  const meanValue = mean(points.map(({ value }) => value));
  let covariance = 0;
  let variance = 0;
  for (const { at, value } of points) {
    covariance += (at - meanAt) * (value - meanValue);
    variance += (at - meanAt) ** 2;
  }
  return variance > 0 ? covariance / variance : 0;
}
