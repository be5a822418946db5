import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { allCommands } from '../../cli/command-line/all-commands.js';
import { readFlags } from '../../cli/completion/read-flags.js';
import { eventVariables } from '../../cli/following/event-variables.js';
import { MANUALS } from '../../cli/command-line/manuals.js';
import { MAIN, Vitals } from './vitals.js';

const COMMANDS = allCommands({ text: null });
const nameOf = (commandLine: string): string => commandLine.split(' ')[0]!;

const EXAMPLES = Object.values(MANUALS).flatMap(({ examples }) => examples.map(([line]) => line));

/** They end by themselves, and need neither an agent nor a terminal. */
const isRun = (line: string): boolean =>
  /^(list|prune|explain|doctor|completion|schema|hooks|hook|timeline|kill) ?/.test(line) ||
  /^events .*(--once|--no-follow)/.test(line);

const hasJq = spawnSync('jq', ['--version']).status === 0;

describe('the help of each command', () => {
  const vitals = new Vitals();
  const { path } = vitals.tmux.directory;
  afterAll(() => vitals.stop());

  it('says what it is for, how it is used, by examples, and how it exits, in 80 columns', async () => {
    const names = COMMANDS.map(({ command }) => nameOf(command));
    const ended = await vitals.runAll(names.map((name) => [name, '--help']));
    const texts = ended.map(({ stdout }) => stdout);
    expect(texts).toHaveLength(names.length);
    for (const [index, text] of texts.entries()) {
      const command = names[index]!;
      expect(text.startsWith(`vitals ${command}`)).toBe(true);
      expect(text).toContain(`Examples:\n  vitals ${command}`);
      expect(text).toMatch(/Exit codes:\n {2}0 {2}\S/);
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  it('is in one language, whatever the locale', async () => {
    const [plain, german] = await Promise.all(
      ['C', 'de_DE.UTF-8'].map((locale) => vitals.run(['--help'], { env: { LC_ALL: locale } })),
    );
    expect(german).toEqual(plain);
    expect(plain?.stdout).toContain('Commands:');
  });

  it.each(EXAMPLES)('shows an example with flags that the command has: %s', (line) => {
    const command = COMMANDS.find((one) => nameOf(one.command) === nameOf(line))!;
    const known = readFlags(command).map(({ word }) => word);
    const [own = ''] = line.split(/ -- | [|<>]/);
    for (const flag of own.match(/(?<= )--?[a-z][a-z-]*/g) ?? []) expect(known).toContain(flag);
  });

  it('shows examples that work as they stand', async () => {
    const shop = await vitals.spawn('api-3', 'exec sleep 1000', { projectId: 'shop', runtime: 'process' });
    expect(shop.status).toBe('spawning');
    for (const folder of ['.claude', '.config/fish/completions', '.local/share/bash-completion/completions'])
      mkdirSync(`${path}/${folder}`, { recursive: true });
    writeFileSync(`${path}/events.ndjson`, await vitals.do('events', '--once'));
    writeFileSync(`${path}/hook.json`, '{"hook_event_name":"Stop"}');
    const lines = EXAMPLES.filter((line) => isRun(line) && (hasJq || !line.includes('jq')));
    expect(lines.length).toBeGreaterThan(20);
    // In zsh, fpath is a list; here it is one directory.
    const script = [
      `vitals() { '${process.execPath}' '${MAIN}' "$@"; }`,
      'set -o pipefail; fpath=(.)',
      // The last of them ends the session that the others are about.
      ...lines
        .sort((one, other) => Number(one.startsWith('kill')) - Number(other.startsWith('kill')))
        .map((line) => `vitals ${line} >out 2>err || echo "$? ${line.replaceAll(/["'$]/g, '')}: $(cat err)"`),
    ];
    const { stdout, stderr } = spawnSync('bash', ['-c', script.join('\n')], {
      cwd: path,
      env: vitals.env,
      encoding: 'utf8',
    });
    expect({ failed: stdout, stderr }).toEqual({ failed: '', stderr: '' });
    expect((await vitals.sessions.get('shop/api-3'))?.status).toBe('killed');
  }, 120_000);

  it('lists every variable that `on` sets', () => {
    const about = MANUALS['on']?.about ?? '';
    const set = Object.keys(
      eventVariables({ type: 'lagged', missed: 1, seq: 1, epoch: 'e', time: '2026-01-01T00:00:00.000Z' }),
    );
    const listed = about.match(/VITALS_[A-Z_]+/g) ?? [];
    expect([...new Set(listed)].sort()).toEqual([...set, 'VITALS_HOME'].sort());
  });
});
