import { spawnSync } from 'node:child_process';

const torture = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['dist/scripts/torture.js', ...args], { encoding: 'utf8' });

describe('npm run torture', () => {
  it('finds no loss, in its short form, and says what it could not try', () => {
    const { status, stdout, stderr } = torture('--short');
    // Its table is the evidence: what was tried, how often, and what was skipped.
    process.stderr.write(stdout);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const trials = stdout.trim().split('\n').slice(1);
    expect(trials).toHaveLength(9);
    for (const line of trials) expect(line).toMatch(/ lost 0 .*( held: | skipped: \S)/);
  }, 240_000);

  it('knows its trials', () => {
    expect(torture('--only', 'nothing')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^no trial is called nothing: take lost-updates, /) as string,
    });
  });
});
