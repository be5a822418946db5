import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Vitals } from './vitals.js';

describe('hooks', () => {
  const vitals = new Vitals();
  const settings = join(vitals.tmux.directory.path, '.claude/settings.json');
  const BEFORE = '{\n  "theme": "dark"\n}\n';
  beforeEach(() => {
    mkdirSync(join(settings, '..'), { recursive: true });
    writeFileSync(settings, BEFORE);
  });
  afterAll(() => vitals.stop());

  const read = (): string => readFileSync(settings, 'utf8');

  it('shows the change first, and makes none where nobody can be asked', async () => {
    const { stdout, stderr, code } = await vitals.run(['hooks', 'install', 'claude-code']);
    expect({ stderr, code }).toEqual({
      stderr: 'vitals: nothing was changed: say --yes to do it, or --dry-run to only see it\n',
      code: 2,
    });
    expect(stdout.split('\n')[0]).toBe(settings);
    expect(stdout).toMatch(/^-  "theme": "dark"\n\+  "theme": "dark",\n\+  "hooks": \{/m);
    expect(read()).toBe(BEFORE);
    const dry = await vitals.run(['hooks', 'install', 'claude-code', '--dry-run']);
    expect(dry).toEqual({ stdout, stderr: '', code: 0, signal: null });
    expect(read()).toBe(BEFORE);
  });

  it('installs them, says how they stand, and takes them away again', async () => {
    const installed = await vitals.run(['hooks', 'install', 'claude-code', '--yes']);
    expect(installed).toMatchObject({
      stderr: `installed the hooks of claude-code; what was there before is kept in ${settings}.before-vitals\n`,
      code: 0,
    });
    expect(await vitals.do('hooks', 'status', 'claude-code')).toBe(`claude-code: installed (${settings})`);
    const again = await vitals.run(['hooks', 'install', 'claude-code', '--yes']);
    expect(again).toEqual({
      stdout: '',
      stderr: `${settings} has the hooks already\n`,
      code: 0,
      signal: null,
    });
    await vitals.do('hooks', 'remove', 'claude-code', '--yes');
    expect(read()).toBe(BEFORE);
    const status = await vitals.do('hooks', 'status', '--json');
    expect(status.split('\n').map((line) => (JSON.parse(line) as { state: string }).state)).toEqual([
      ...['absent', 'absent', 'absent'],
    ]);
  });

  it('has agents call this very program, by a command that works in any shell', async () => {
    await vitals.do('hooks', 'install', 'claude-code', '--yes');
    const { hooks } = JSON.parse(read()) as { hooks: Record<string, { hooks: { command: string }[] }[]> };
    const { command } = hooks['Stop']![0]!.hooks[0]!;
    expect(command).toMatch(/^\S+ \S+\/dist\/bin\/main\.js hook claude-code$/);
  });

  it('says in one line why settings that it does not understand stay as they are', async () => {
    writeFileSync(settings, '{\n  // dark\n  "theme": "dark"\n}\n');
    const { stdout, stderr, code } = await vitals.run(['hooks', 'install', 'claude-code', '--yes']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(stderr).toMatch(/^vitals: \S+settings\.json is not plain JSON [^\n]*; nothing was changed\n$/);
  });

  it('says what to do for agents that have none', async () => {
    const aider = await vitals.run(['hooks', 'install', 'aider']);
    expect(aider).toMatchObject({ stdout: '', code: 2 });
    expect(aider.stderr).toContain('start it as aider --notifications');
    expect(await vitals.run(['hooks', 'install'])).toMatchObject({ code: 2 });
    expect(await vitals.run(['hooks', 'status', 'nobody'])).toMatchObject({ code: 2 });
  });
});
