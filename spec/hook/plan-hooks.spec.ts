import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { applyHookPlan } from '../../src/hook/apply-hook-plan.js';
import {
  hookedAgents,
  NoHooksError,
  planHooks,
  readHookStatus,
  type HookPlan,
} from '../../src/hook/plan-hooks.js';
import { SettingsError } from '../../src/hook/settings-error.js';

const THEIRS = { matcher: 'Bash', hooks: [{ type: 'command', command: 'say hook claude-code' }] };

describe('hooks in the settings of an agent', () => {
  const directory = new TemporaryDirectory();
  let env: NodeJS.ProcessEnv;
  let settings: string;

  beforeEach(() => {
    env = { HOME: directory.fresh('home') };
    settings = join(env['HOME']!, '.claude/settings.json');
    mkdirSync(dirname(settings), { recursive: true });
  });
  afterAll(() => directory.remove());

  const plan = (action: HookPlan['action'], agent = 'claude-code', program = 'vitals'): Promise<HookPlan> =>
    planHooks({ agent, action, program, env });
  const change = async (action: HookPlan['action'], agent?: string, program?: string): Promise<HookPlan> => {
    const planned = await plan(action, agent, program);
    if (planned.isChange) await applyHookPlan(planned);
    return planned;
  };
  const read = (path = settings): { hooks: Record<string, unknown[]> } =>
    JSON.parse(readFileSync(path, 'utf8')) as never;
  const stateOf = async (agent = 'claude-code'): Promise<string> =>
    (await readHookStatus({ agent, env })).state;

  it.each(hookedAgents())(
    'are all there once they are installed, and gone without a trace once removed: %s',
    async (agent) => {
      expect(await stateOf(agent)).toBe('absent');
      const { file } = await change('install', agent);
      expect(await stateOf(agent)).toBe('installed');
      for (const groups of Object.values(read(file.path).hooks)) {
        expect(groups).toEqual([
          { hooks: [expect.objectContaining({ type: 'command', command: `vitals hook ${agent}` })] },
        ]);
      }
      await change('remove', agent);
      expect(existsSync(file.path)).toBe(false);
      expect(await stateOf(agent)).toBe('absent');
    },
  );

  it('stand beside those of others, and all else stays byte for byte', async () => {
    const text = `{\n    "z": 1e400,\n    "10": 1, "2":12345678901234567890,\n    "hooks": {"Stop": [], "PreToolUse":[${JSON.stringify(THEIRS)}], "Own": 7},\n  "a": "\\u00fc"}`;
    writeFileSync(settings, text);
    const { backupPath } = await change('install');
    const [before, after] = [text.split('"hooks"')[0]!, readFileSync(settings, 'utf8')];
    expect(after.startsWith(before)).toBe(true);
    expect(after.endsWith(`,\n  "a": "\\u00fc"}`)).toBe(true);
    expect(read().hooks['PreToolUse']![0]).toEqual(THEIRS);
    expect(readFileSync(backupPath, 'utf8')).toBe(text);
    await change('remove');
    expect(readFileSync(settings, 'utf8')).toBe(text);
  });

  it('are taken away alone where the settings changed since the install', async () => {
    writeFileSync(settings, '{"hooks":{"Stop":[]},"theme":"dark"}');
    await change('install');
    const grown = read();
    grown.hooks['Stop']!.push(THEIRS);
    writeFileSync(settings, JSON.stringify({ ...grown, theme: 'light' }));
    await change('remove');
    expect(read()).toEqual({ hooks: { Stop: [THEIRS] }, theme: 'light' });
  });

  it('are installed once, however often that is asked, and called anew where the program has moved', async () => {
    await change('install');
    const first = readFileSync(settings, 'utf8');
    expect((await change('install')).isChange).toBe(false);
    expect(readFileSync(settings, 'utf8')).toBe(first);
    await change('install', 'claude-code', '/opt/node /opt/vitals/dist/bin/main.js');
    expect(readFileSync(settings, 'utf8')).toBe(
      first.replaceAll('vitals hook', '/opt/node /opt/vitals/dist/bin/main.js hook'),
    );
    await change('remove');
    expect(existsSync(settings)).toBe(false);
  });

  it('of an older install get what is new, and leave what was there before them byte for byte', async () => {
    const text = '{"hooks":{"Stop":[]},"theme":"dark"}';
    const old = [{ hooks: [{ type: 'command', command: 'vitals hook claude-code', timeout: 10 }] }];
    writeFileSync(settings, JSON.stringify({ hooks: { Stop: old, Gone: old }, theme: 'dark' }));
    writeFileSync(`${settings}.before-vitals`, text);
    expect(await stateOf()).toBe('incomplete');
    expect((await change('install')).keepsBackup).toBe(false);
    expect(await stateOf()).toBe('installed');
    expect(read().hooks['PreToolUse']).toMatchObject([{ hooks: [{ async: true }] }]);
    expect(read().hooks['SessionEnd']).not.toMatchObject([{ hooks: [{ async: true }] }]);
    await change('remove');
    expect(readFileSync(settings, 'utf8')).toBe(text);
  });

  it('are written through a link, with the rights that the file had', async () => {
    const target = join(directory.fresh('dotfiles'), 'claude.json');
    mkdirSync(dirname(target));
    symlinkSync(target, settings);
    await change('install');
    chmodSync(target, 0o640);
    await change('remove');
    await change('install');
    expect(lstatSync(settings).isSymbolicLink()).toBe(true);
    expect(read(target).hooks['Stop']).toHaveLength(1);
    writeFileSync(target, '{}');
    chmodSync(target, 0o640);
    await change('install');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  });

  it.each([
    ['comments', '{\n  // mine\n  "a": 1\n}'],
    ['cut JSON', '{"a":'],
    ['no object', '[1]'],
    ['hooks of another shape', '{"hooks":[]}'],
    ['an event of another shape', '{"hooks":{"Stop":{"command":"x"}}}'],
    ['a group of another shape', '{"hooks":{"Stop":[{"hooks":"x"}]}}'],
  ])('are refused in one line by settings with %s, which stay as they are', async (_, text) => {
    writeFileSync(settings, text);
    for (const action of ['install', 'remove'] as const) {
      const error = await plan(action).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(SettingsError);
      expect((error as Error).message).toMatch(/^\S+settings\.json [^\n]*; nothing was changed$/);
    }
    expect(readFileSync(settings, 'utf8')).toBe(text);
  });

  it('are refused by what is no file', async () => {
    mkdirSync(settings);
    await expect(plan('install')).rejects.toThrow(SettingsError);
  });

  it('are not written over a change that came meanwhile', async () => {
    writeFileSync(settings, '{}');
    const planned = await plan('install');
    writeFileSync(settings, '{"theme":"dark"}');
    await expect(applyHookPlan(planned)).rejects.toThrow('was changed at this moment');
    expect(readFileSync(settings, 'utf8')).toBe('{"theme":"dark"}');
  });

  it('say when some are missing, or all are switched off', async () => {
    await change('install');
    const { hooks } = read();
    writeFileSync(settings, JSON.stringify({ hooks: { Stop: hooks['Stop'] } }));
    expect(await stateOf()).toBe('incomplete');
    await change('install');
    writeFileSync(settings, JSON.stringify({ ...read(), disableAllHooks: true }));
    expect(await stateOf()).toBe('switched_off');
  });

  it('lie where the agent’s own variables say', async () => {
    env = {
      HOME: '/nowhere',
      CLAUDE_CONFIG_DIR: directory.fresh('config'),
      CODEX_HOME: directory.fresh('codex'),
    };
    expect((await plan('install')).file.path).toBe(`${env['CLAUDE_CONFIG_DIR']!}/settings.json`);
    expect((await plan('install', 'codex')).file.path).toBe(`${env['CODEX_HOME']!}/hooks.json`);
    env = { HOME: directory.path, CLAUDE_CONFIG_DIR: '' };
    expect((await plan('install')).file.path).toBe(`${directory.path}/.claude/settings.json`);
  });

  it('are not to be had of every agent', async () => {
    for (const agent of ['aider', 'opencode', 'nobody', 'constructor']) {
      await expect(plan('install', agent)).rejects.toThrow(NoHooksError);
    }
    await expect(plan('install', 'aider')).rejects.toThrow('aider --notifications');
  });
});
