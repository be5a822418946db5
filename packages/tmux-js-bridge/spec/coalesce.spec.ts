import { coalesce } from '../src/coalesce.js';

it('never overlaps, and runs once more for all calls that come meanwhile', async () => {
  const releases: (() => void)[] = [];
  const work = coalesce(() => new Promise((resolve) => releases.push(resolve)));
  const first = work();
  await Promise.all([work(), work()]);
  expect(releases).toHaveLength(1);

  releases[0]!();
  await Promise.resolve();
  await Promise.resolve();
  expect(releases).toHaveLength(2);
  releases[1]!();
  await first;
  void work();
  expect(releases).toHaveLength(3);
});
