import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { PrivateTmux } from '../../fixtures/processes/private-tmux.js';
import { MAIN } from '../cli/vitals.js';
import { findMissing } from './output.js';
import { PersonalShell } from './personal-shell.js';
import { ROOT } from './read-blocks.js';

/** Stands in for a program of which nothing is known: it asks for something, with a bell, and says what it was told. */
const AGENT = `#!/bin/sh
printf 'what shall I do? \\a'
while read -r line; do
  echo "you said: $line"
  [ "$line" = /exit ] && exit 0
  printf 'and now? \\a'
done
`;

const PROGRAMS = {
  vitals: `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`,
  claude: `#!/bin/sh\nexec '${process.execPath}' '${ROOT}/fixtures/agents/tui.mjs' --ask "$@"\n`,
  codex: AGENT,
  // Nobody is at a desktop where tests run.
  'notify-send': '#!/bin/sh\necho "a notice: $*"\n',
};

const PROGRAM_LIMIT_MS = 15_000;

/** What a page supposes: vitals on the PATH, agents, a home, a clone in ~/session-vitals, and a person at a terminal. */
export class Machine {
  readonly tmux = new PrivateTmux();
  readonly home = this.tmux.directory.path;
  readonly env: NodeJS.ProcessEnv;
  readonly shell: PersonalShell;

  constructor() {
    const bin = this.tmux.directory.file('bin');
    mkdirSync(bin);
    for (const [name, text] of Object.entries(PROGRAMS)) {
      writeFileSync(`${bin}/${name}`, text);
      chmodSync(`${bin}/${name}`, 0o755);
    }
    symlinkSync(ROOT, this.tmux.directory.file('session-vitals'));
    this.env = {
      ...this.tmux.env,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      TMPDIR: this.home,
    };
    const strangers = ['VITALS_HOME', 'XDG_STATE_HOME', 'CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'TMUX_PANE'];
    for (const name of [...strangers, 'NO_COLOR', 'FORCE_COLOR', 'DEBUG', 'NODE_OPTIONS']) {
      this.env[name] = undefined;
    }
    this.shell = new PersonalShell({ home: this.home, env: this.env });
  }

  async begin(): Promise<void> {
    await Promise.all([this.tmux.begin(), this.shell.begin()]);
    await this.tmux.newSession('work', this.tmux.directory.file('bin/codex'));
  }

  /**
   * Runs a program to its end, which must be with 0. One that speaks of SIGINT gets that once it has printed what the page
   * shows, or anything. Resolves to what it printed.
   */
  async run(file: string, { documented }: { documented: string | null }): Promise<string> {
    let waits = readFileSync(file, 'utf8').includes('SIGINT');
    const child = spawn(process.execPath, [file], { cwd: this.home, env: this.env });
    const timer = setTimeout(() => child.kill('SIGKILL'), PROGRAM_LIMIT_MS);
    let [printed, complaint] = ['', ''];
    child.stdin.end();
    child.stderr.on('data', (data) => (complaint += String(data)));
    child.stdout.on('data', (data) => {
      printed += String(data);
      if (waits && findMissing(documented ?? '…', printed, this) === null) waits = !child.kill('SIGINT');
    });
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    if (code !== 0) throw new Error(`it ended with ${code ?? signal ?? '?'}:\n${printed}\n${complaint}`);
    return printed;
  }

  async stop(): Promise<void> {
    await this.shell.stop();
    await this.tmux.stop();
  }
}
