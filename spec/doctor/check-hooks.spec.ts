import { mkdirSync, writeFileSync } from 'node:fs';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { checkHooks } from '../../src/doctor/check-hooks.js';
import { applyHookPlan } from '../../src/hook/apply-hook-plan.js';
import { planHooks } from '../../src/hook/plan-hooks.js';
import { aCheckup } from './a-checkup.js';

describe('the check of the hooks', () => {
  const directory = new TemporaryDirectory();
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    env = { HOME: directory.fresh('home') };
    mkdirSync(`${env['HOME']!}/.claude`, { recursive: true });
  });
  afterAll(() => directory.remove());

  const install = async (program: string): Promise<void> =>
    applyHookPlan(await planHooks({ agent: 'claude-code', action: 'install', program, env }));

  const look = async (program: string | null = 'vitals'): Promise<string[]> =>
    (await checkHooks(aCheckup('/', { env, program }))).map(
      ({ state, found, cure }) => `${state}: ${found} | ${String(cure)}`,
    );

  it('says nothing of agents that are not used here', async () => {
    env = { HOME: directory.fresh('home') };
    expect(await look()).toEqual([]);
  });

  it('knows the hooks of this very program, whichever Node.js runs it', async () => {
    expect(await look()).toEqual([expect.stringMatching(/^ok: claude-code has none; .* \| null$/)]);
    const script = directory.file('dist/bin/main.js');
    mkdirSync(directory.file('dist/bin'), { recursive: true });
    writeFileSync(script, '');
    await install(`${process.execPath} ${script}`);
    expect(await look(`/another/node ${script}`)).toEqual([
      'ok: claude-code says at once what it does | null',
    ]);
    expect(await look(null)).toEqual(['ok: claude-code says at once what it does | null']);
  });

  it('warns of hooks that call another vitals, or one that is gone', async () => {
    await install('vitals');
    expect(await look('/usr/bin/node /srv/dist/bin/main.js')).toEqual([
      'warning: claude-code calls another vitals than this one: vitals | vitals hooks install claude-code',
    ]);
    await install(`${process.execPath} '/gone away/dist/bin/main.js'`);
    expect(await look()).toEqual([
      'warning: claude-code calls /gone away/dist/bin/main.js, which is gone | vitals hooks install claude-code',
    ]);
  });
});
