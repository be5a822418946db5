import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../scripts/live/report.js';
import { liveCache, RELEASES } from '../../scripts/live/versions.js';

const live = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['dist/scripts/live.js', ...args], { encoding: 'utf8' });

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { timeout: 10_000 }).status === 0;

/** Why the short form can't be run on this machine; null if it can. */
function findReason(): string | null {
  // Real agents need a core of their own, which the other specs would miss.
  if (process.env['LIVE'] !== '1') return 'npm run live:short runs it';
  const { package: name, current } = RELEASES.pi;
  if (!runs('unshare', '--net', 'true')) return 'no network namespace can be made here';
  if (!runs('tmux', '-V')) return 'there is no tmux';
  if (existsSync(join(liveCache(), 'cli', `pi-${current}`))) return null;
  return runs('npm', 'view', `${name}@${current}`, 'version') ? null : 'the npm registry does not answer';
}

const reason = findReason();

describe('npm run live', () => {
  it('says what is wrong with its command line', () => {
    expect(live('nobody').stderr).toMatch(/^no agent is called nobody\n/);
    expect(live('pi', '--scenario', 'x').stderr).toMatch(/^no scenario is called x\n/);
    expect(live('--hooks', 'maybe')).toMatchObject({ status: 2, stdout: '' });
  });

  // Skipped where it can't be run: the reason is in its name.
  (reason === null ? it : it.skip)(
    `runs a real agent against the scripted model, in its short form${reason === null ? '' : `: ${reason}`}`,
    () => {
      const { status, stdout, stderr } = live('--short', '--json');
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const results = JSON.parse(stdout) as Result[];
      expect(results.map(({ scenario }) => scenario).sort()).toEqual(['kill-in-turn', 'one-shot', 'turn']);
      for (const { score } of results) expect(score.falseEnds).toBe(0);
      const turn = results.find(({ scenario }) => scenario === 'turn')?.score;
      expect(turn && turn.agreeingS / turn.judgedS).toBeGreaterThan(0.7);
      const notes = results.flatMap((result) => result.notes);
      expect(notes).toEqual(['kill: nothing of it ran 5 s later, and the model was not asked again']);
    },
    180_000,
  );
});
