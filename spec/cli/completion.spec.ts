import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { allCommands } from '../../cli/command-line/all-commands.js';
import { findCandidates } from '../../cli/completion/find-candidates.js';
import { readFlags, type CommandOutline } from '../../cli/completion/read-flags.js';
import { COMPLETION_SCRIPTS, SHELLS, type Shell } from '../../cli/completion/scripts.js';
import { Terminals, type Terminal } from './terminal.js';
import { MAIN, Vitals } from './vitals.js';

const vitals = new Vitals();
const terminals = new Terminals(vitals);
beforeAll(async () => {
  await Promise.all([vitals.tmux.begin(), terminals.tmux.begin()]);
  for (const [projectId, id] of [
    ['shop', 'api-3'],
    ['shop', 'web-1'],
    ['blog', 'web-1'],
  ] as const) {
    await vitals.spawn(id, 'exec sleep 1000', { projectId, runtime: 'process' });
  }
});
afterAll(async () => {
  await terminals.tmux.stop();
  await vitals.stop();
});

/** The words that `vitals` proposes for the last of these. */
async function propose(...words: string[]): Promise<string[]> {
  const env = { HOME: vitals.tmux.directory.path, VITALS_HOME: vitals.home };
  const found = await findCandidates(words, { commands: allCommands({ text: null }), env });
  return found.map(({ word }) => word);
}

describe('what may stand there', () => {
  it('is a command, a flag of that command, or a session', async () => {
    expect(await propose('')).toEqual(expect.arrayContaining(['watch', 'events', 'kill', 'completion']));
    expect(await propose('ki')).toEqual(['kill']);
    expect(await propose('events', '--int')).toEqual(['--interval']);
    expect(await propose('--tmux-socket', '/x', 'send', '--no')).toEqual(['--no-enter']);
    expect((await propose('kill', '')).sort()).toEqual(['api-3', 'blog/web-1', 'shop/api-3', 'shop/web-1']);
    expect(await propose('wait', 'api-3', 'shop/w')).toEqual(['shop/web-1']);
    expect(await propose('--home', '/nowhere', 'kill', '')).toEqual([]);
  });

  it('is a session of the home that is named, as any shell passes it on', async () => {
    const { home } = vitals;
    for (const word of [home, `'${home}'`, `"${home}"`, '~/home', home.replace('/', '\\/')]) {
      expect([word, await propose('--home', word, 'kill', 'ap')]).toEqual([word, ['api-3']]);
      expect([word, await propose(`--home=${word}`, 'kill', 'ap')]).toEqual([word, ['api-3']]);
    }
  });

  it('is what a flag takes', async () => {
    expect(await propose('wait', 'api-3', '--until', 'need')).toEqual(['needs_input']);
    expect((await propose('events', '--project', '')).sort()).toEqual(['blog', 'shop']);
    expect(await propose('wait', 'api-3', '--until=need')).toEqual(['--until=needs_input']);
    expect(await propose('wait', 'list', '--until', 'need')).toEqual(['needs_input']);
    expect(await propose('spawn', '--agent', 'c')).toEqual([
      ...['claude-code', 'codex', 'copilot', 'cline', 'continue'],
    ]);
    expect(await propose('spawn', '--runtime', '')).toEqual(['tmux', 'process']);
    expect(await propose('on', 'term')).toEqual(['terminated']);
    expect(await propose('on', 'spawned,te')).toEqual(['spawned,terminated']);
    expect(await propose('hooks', '')).toEqual(['install', 'remove', 'status']);
    expect(await propose('hooks', 'install', 'co')).toEqual(['codex']);
    expect(await propose('schema', 'f')).toEqual(['finding']);
    expect(await propose('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('is nothing where only the person knows', async () => {
    for (const words of [
      ['send', 'api-3', ''],
      ['spawn', '--', ''],
      ['spawn', '--id', ''],
      ['kill', 'api-3', ''],
      ['hooks', 'install', 'codex', ''],
      ['timeline', '-o', ''],
      ['events', '--cursor-file='],
    ]) {
      expect([words, await propose(...words)]).toEqual([words, []]);
    }
  });

  it('is asked of the commands as they are declared', async () => {
    const outline: CommandOutline = {
      ...{ command: 'list', describe: 'show' },
      builder: (yargs) =>
        yargs.option('json', { alias: 'j', type: 'boolean' }).option('for', { type: 'string' }),
    };
    expect(readFlags(outline).map(({ word, isValued }) => `${word} ${isValued}`)).toEqual(
      expect.arrayContaining(['--json false', '-j false', '--for true', '--home true']),
    );
    const found = await findCandidates(['list', '--for', ''], { commands: [outline], env: {} });
    expect(found).toEqual([]);
  });
});

describe('vitals completion', () => {
  it('prints the script of each of three shells', async () => {
    expect(await vitals.do('completion', 'bash')).toBe(COMPLETION_SCRIPTS.bash.trim());
    expect(await vitals.run(['completion', 'tcsh'])).toMatchObject({
      ...{ code: 2, stdout: '', stderr: 'vitals: there is no completion for tcsh: take bash, zsh, fish\n' },
    });
  });

  const LOADERS: Record<Shell, { command: string[]; load: (file: string) => string }> = {
    bash: { command: ['bash', '--norc', '-i'], load: (file) => `source ${file}` },
    zsh: {
      command: ['zsh', '-f', '-i'],
      load: (file) => `autoload -U compinit; compinit -u -D; source ${file}`,
    },
    fish: { command: ['fish', '--no-config', '-i'], load: (file) => `source ${file}` },
  };

  const present = SHELLS.filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);
  const opened = new Map<Shell, Terminal>();
  beforeAll(async () => {
    await Promise.all(present.map(async (shell) => opened.set(shell, await open(shell))));
  }, 60_000);

  /** A shell in a terminal, to which `vitals` is a command that it completes. */
  async function open(shell: Shell): Promise<Terminal> {
    const { command, load } = LOADERS[shell];
    const bin = vitals.tmux.directory.fresh('bin');
    mkdirSync(`${bin}/drawn`, { recursive: true });
    writeFileSync(`${bin}/drawn/day.svg`, '');
    writeFileSync(`${bin}/vitals`, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
    chmodSync(`${bin}/vitals`, 0o755);
    const file = `${bin}/completion`;
    writeFileSync(file, COMPLETION_SCRIPTS[shell]);
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, PS1: '> ', HOME: bin, SHELL: shell };
    const terminal = await terminals.open(command, { env });
    await terminal.type(`cd; ${load(file)}; echo load''ed`);
    await terminal.press('Enter');
    await terminal.until(/^loaded/m);
    return terminal;
  }

  for (const shell of SHELLS) {
    (present.includes(shell) ? it : it.skip)(
      `completes commands, sessions, statuses and files in ${shell}`,
      async () => {
        const terminal = opened.get(shell)!;
        await terminal.type('vitals wai');
        await terminal.press('Tab');
        await terminal.until(/vitals wait$/m);
        await terminal.type('shop/w');
        await terminal.press('Tab');
        await terminal.until(/vitals wait shop\/web-1/);
        await terminal.type(' --until=need');
        await terminal.press('Tab');
        await terminal.until(/--until=needs_input/);
        await terminal.press('C-u');
        await terminal.type('vitals timeline -o dr');
        await terminal.press('Tab');
        await terminal.until(/timeline -o drawn\//);
      },
      60_000,
    );
  }
});
