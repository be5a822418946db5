import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Makes so much that lasts that V8 gives new objects more room, if it may. Prints that room, in bytes. */
const RUSH = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { staySmall } from ${JSON.stringify(resolve('dist/cli/following/stay-small.js'))};
  if (process.argv[1] === 'small') staySmall();
  const kept = [];
  for (let number = 0; number < 400_000; number += 1) kept.push({ number, list: [number] });
  const room = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  console.log(kept.length > 0 && room.space_size);
`;

function rush(...args: string[]): number {
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', RUSH, ...args], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return Number(run.stdout);
}

it('gives new objects no more room in a rush', () => {
  expect(rush('small')).toBeLessThanOrEqual(rush() / 4);
});
