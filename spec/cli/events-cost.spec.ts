import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describeEvent } from './describe-event.js';
import { Vitals } from './vitals.js';

const SESSIONS = 200;

describe('the cost of a pass', () => {
  const vitals = new Vitals();
  const { directory } = vitals.tmux;
  const runs = directory.file('runs');

  /** Puts a tmux on the PATH that notes each of its runs. */
  function writeCountingTmux(): string {
    const folder = directory.file('bin');
    const tmux = execFileSync('sh', ['-c', 'command -v tmux'], { encoding: 'utf8' }).trim();
    mkdirSync(folder);
    writeFileSync(runs, '');
    writeFileSync(`${folder}/tmux`, `#!/bin/sh\necho run >>'${runs}'\nexec '${tmux}' "$@"\n`, {
      mode: 0o755,
    });
    return folder;
  }

  beforeAll(() => vitals.tmux.begin());
  afterAll(() => vitals.stop());

  it(`is one tmux process for ${SESSIONS} sessions, all of which it probes`, async () => {
    const first = await vitals.spawn('s-0', 'exec sleep 60');
    const gone = await vitals.spawn('gone', ':');
    for (let index = 1; index < SESSIONS; index += 1) {
      const id = `s-${index}`;
      writeFileSync(`${vitals.home}/sessions/default/${id}.json`, JSON.stringify({ ...first, id }));
    }
    const path = `${writeCountingTmux()}:${process.env['PATH'] ?? ''}`;
    const { stdout, code } = await vitals.run(['events', '--once'], { env: { PATH: path } });
    expect(code).toBe(0);
    expect(readFileSync(runs, 'utf8')).toBe('run\n');
    const told = stdout
      .trim()
      .split('\n')
      .map((line) => describeEvent(JSON.parse(line) as never));
    const working = told.filter((event) => event.endsWith('spawning to working by lifecycle'));
    expect(working).toHaveLength(SESSIONS);
    expect(told).toContain(`terminated ${gone.id}: runtime_gone 0 null`);
  });
});
