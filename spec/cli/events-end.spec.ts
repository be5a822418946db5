import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Vitals } from './vitals.js';

describe('the end of events', () => {
  const vitals = new Vitals();
  beforeAll(async () => {
    await vitals.tmux.begin();
    for (const id of ['a', 'b']) await vitals.spawn(id, 'exec sleep 60');
  });
  afterAll(() => vitals.stop());

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('dies of %s, as its parent sees', async (signal) => {
    const watch = await vitals.watch('--snapshot');
    expect(await watch.end(signal)).toEqual([null, signal]);
    expect(watch.messages).toEqual([`watching ${vitals.home}: 2 sessions`]);
    expect(watch.lines.length).toBeGreaterThan(0);
  });

  it('ends well and without a word when its reader has had enough', async () => {
    const child = vitals.start(['events', '--interval', '50ms', '--snapshot']);
    const stderr: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line));
    await once(child.stdout, 'data');
    const exit = once(child, 'exit');
    child.stdout.destroy();
    await vitals.spawn('after-the-reader', 'exec sleep 60');
    expect(await exit).toEqual([0, null]);
    expect(stderr).toEqual([`watching ${vitals.home}: 2 sessions`]);
  });

  it('lets list end well, too, when its reader has had enough', async () => {
    const child = vitals.start(['list']);
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('writes nothing but lines of JSON to stdout', async () => {
    const { stdout, stderr, code } = await vitals.run(['events', '--once', '--snapshot'], {
      env: { FORCE_COLOR: '1', DEBUG: 'vitals:*' },
    });
    const lines = stdout.split('\n');
    expect([code, lines.pop()]).toEqual([0, '']);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ type: expect.any(String) as string });
    expect(stderr).toContain(`watching ${vitals.home}: 3 sessions`);
  });
});
