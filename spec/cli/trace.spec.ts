import { readLines, Vitals } from './vitals.js';

describe('DEBUG=vitals:*', () => {
  const vitals = new Vitals();
  beforeAll(async () => {
    await vitals.tmux.begin();
    await vitals.spawn('api-3', 'exec sleep 1000');
  });
  afterAll(() => vitals.stop());

  it('traces each stage on stderr, and leaves stdout to the events', async () => {
    const { stdout, stderr } = await vitals.run(['events', '--once'], { env: { DEBUG: 'vitals:*' } });
    const stages = ['snapshot', 'probe', 'transition', 'persist', 'event'];
    expect(stages.filter((stage) => !stderr.includes(`vitals:${stage} `))).toEqual([]);
    expect(readLines(stdout).length).toBeGreaterThan(1);
  });

  it('traces nothing unless it is asked to', async () => {
    expect((await vitals.run(['events', '--once'])).stderr).toBe(`watching ${vitals.home}: 1 sessions\n`);
  });
});
