/**
 * The median duration of each thing, in ms with two decimals, after a first go that does not count. They are timed in
 * turn, so that a slow moment of the machine hits all of them.
 */
export async function timeInTurn(
  things: (() => Promise<unknown>)[],
  { rounds = 7 }: { rounds?: number } = {},
): Promise<number[]> {
  const times = things.map((): number[] => []);
  if (rounds > 1) for (const thing of things) await thing();
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, thing] of things.entries()) {
      const start = performance.now();
      await thing();
      times[index]?.push(performance.now() - start);
    }
  }
  return times.map((all) => {
    const median = all.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
    return Math.round(median * 100) / 100;
  });
}
