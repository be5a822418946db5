import { writeFileSync } from 'node:fs';
import type { Finding } from '../../src/runtime/finding.js';
import { readLines, Vitals } from './vitals.js';

describe('doctor', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  it('finds all well, and says so on stdout', async () => {
    const { stdout, stderr, code } = await vitals.run(['doctor']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).toMatch(
      /^ok {6}node: .*\nok {6}home: .*\nok {6}tmux: .*\nok {6}loop: no process .*\nok {6}sessions: 0 recorded, 0 live\n$/,
    );
  });

  it('finds tmux missing: the code 1, and how to mend it', async () => {
    const { stdout, code } = await vitals.run(['doctor', '--json'], {
      env: { PATH: vitals.tmux.directory.path },
    });
    const broken = (readLines(stdout) as Finding[]).filter(({ state }) => state === 'broken');
    expect(code).toBe(1);
    expect(broken).toEqual([
      {
        ...{ subject: 'tmux', state: 'broken', message: 'there is no tmux on PATH' },
        cure: 'install tmux, or spawn with --runtime process',
      },
    ]);
  });

  it('finds a home that can not be: the code 1', async () => {
    const file = vitals.tmux.directory.file('file');
    writeFileSync(file, '');
    const { stdout, code } = await vitals.run(['doctor', '--home', `${file}/home`]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^broken {2}home: .*\n {8}name another with --home or VITALS_HOME$/m);
  });

  it('finds the server of live sessions gone: the code 1', async () => {
    const serverPid = await vitals.tmux.begin();
    await vitals.spawn('api', 'exec sleep 60');
    process.kill(serverPid, 'SIGKILL');
    const { stdout, code } = await vitals.run(['doctor']);
    expect(code).toBe(1);
    expect(stdout).toContain(`the tmux server ${serverPid} on ${vitals.tmux.socketPath} is gone`);
  });
});
