import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { findCandidates } from '../../cli/completion/find-candidates.js';
import { readFlags, type CommandOutline } from '../../cli/completion/read-flags.js';
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

/** The words that `vitals` itself proposes. */
async function propose(...words: string[]): Promise<string[]> {
  const output = await vitals.do('complete', '--', ...words);
  return output.split('\n').map((line) => line.split('\t')[0]!);
}

describe('what may stand there', () => {
  it('is a command, a flag of that command, or a session', async () => {
    expect(await propose('')).toEqual(expect.arrayContaining(['watch', 'events', 'kill', 'completion']));
    expect(await propose('ki')).toEqual(['kill']);
    expect(await propose('events', '--int')).toEqual(['--interval']);
    expect(await propose('--tmux-socket', '/x', 'send', '--no')).toEqual(['--no-enter']);
    expect((await propose('kill', '')).sort()).toEqual(['api-3', 'blog/web-1', 'shop/api-3', 'shop/web-1']);
    expect(await propose('wait', 'api-3', 'shop/w')).toEqual(['shop/web-1']);
    expect(await propose('--home', '/nowhere', 'kill', '')).toEqual(['']);
  });

  it('is what a flag takes', async () => {
    expect(await propose('wait', 'api-3', '--until', 'need')).toEqual(['needs_input']);
    expect((await propose('events', '--project', '')).sort()).toEqual(['blog', 'shop']);
    expect(await propose('on', 'term')).toEqual(['terminated']);
    expect(await propose('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });

  it('is nothing where only the person knows', async () => {
    for (const words of [
      ['send', 'api-3', ''],
      ['spawn', '--', ''],
      ['spawn', '--id', ''],
      ['kill', 'api-3', ''],
    ]) {
      expect([words, await propose(...words)]).toEqual([words, ['']]);
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
  it('knows three shells', async () => {
    expect(await vitals.run(['completion', 'tcsh'])).toMatchObject({
      ...{ code: 2, stdout: '', stderr: 'vitals: there is no completion for tcsh: take bash, zsh, fish\n' },
    });
  });

  const SHELLS: Record<string, { command: string[]; load: (file: string) => string }> = {
    bash: { command: ['bash', '--norc', '-i'], load: (file) => `source ${file}` },
    zsh: {
      command: ['zsh', '-f', '-i'],
      load: (file) => `autoload -U compinit; compinit -u -D; source ${file}`,
    },
    fish: { command: ['fish', '--no-config', '-i'], load: (file) => `source ${file}` },
  };

  /** A shell in a terminal, to which `vitals` is a command that it completes. */
  async function open(shell: string): Promise<Terminal> {
    const { command, load } = SHELLS[shell]!;
    const bin = vitals.tmux.directory.fresh('bin');
    mkdirSync(bin);
    writeFileSync(`${bin}/vitals`, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
    chmodSync(`${bin}/vitals`, 0o755);
    const file = `${bin}/completion`;
    writeFileSync(file, await vitals.do('completion', shell));
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, PS1: '> ', HOME: bin, SHELL: shell };
    const terminal = await terminals.open(command, { env });
    await terminal.type(`${load(file)}; echo load''ed`);
    await terminal.press('Enter');
    await terminal.until(/^loaded/m);
    return terminal;
  }

  for (const shell of Object.keys(SHELLS)) {
    const isThere = spawnSync(shell, ['-c', ':']).status === 0;
    (isThere ? it : it.skip)(
      `completes commands, sessions and statuses in ${shell}`,
      async () => {
        const terminal = await open(shell);
        await terminal.type('vitals ki');
        await terminal.press('Tab');
        await terminal.until(/vitals kill$/m);
        await terminal.type('ap');
        await terminal.press('Tab');
        await terminal.until(/vitals kill api-3/);
        await terminal.press('C-u');
        await terminal.type('vitals wait shop/w');
        await terminal.press('Tab');
        await terminal.until(/vitals wait shop\/web-1/);
        await terminal.type(' --until need');
        await terminal.press('Tab');
        await terminal.until(/--until needs_input/);
      },
      60_000,
    );
  }
});
