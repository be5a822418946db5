import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drawPane } from './pane-picture.js';

const VITALS = fileURLToPath(new URL('../bin/main.js', import.meta.url));
const SIZE = { columns: 124, lines: 24 };
const LIMIT_MS = 30_000;

/** What runs on the board: id, project, task, and a line of shell. */
const PROGRAMS = [
  ['api-3', 'shop', 'paginate the orders endpoint', 'while :; do echo working; sleep 0.4; done'],
  [
    'cart-7',
    'shop',
    'round the VAT the same way everywhere',
    'printf "May I drop the table? \\a"; read -r answer',
  ],
  ['search-2', 'shop', 'order the results by relevance', 'while :; do echo working; sleep 0.4; done'],
  ['mail-1', 'blog', 'move the newsletter to the queue', 'printf "Which queue? \\a"; read -r answer'],
  ['tests-4', 'blog', 'make the flaky tests deterministic', 'sleep 1; exit 3'],
  ['docs-9', 'blog', 'describe the public API', 'sleep 1'],
  ['theme-5', 'blog', 'dark mode', 'while :; do echo working; sleep 0.4; done'],
] as const;

/** What the board says once every program is where it will be. */
const COUNTS = '7 sessions: 2 need input, 3 at work, 1 died, 1 done';

/** Real sessions on a real board in a real terminal, as an SVG picture. */
export async function recordBoard(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vitals-board-'));
  const env: NodeJS.ProcessEnv = { ...process.env, VITALS_HOME: join(directory, 'home') };
  delete env['TMUX'];
  const socket = join(directory, 'tmux');
  const tmux = (...args: string[]): string =>
    spawnSync('tmux', ['-u', '-S', socket, '-f', '/dev/null', ...args], { env, encoding: 'utf8' }).stdout;
  const size = ['-x', String(SIZE.columns), '-y', String(SIZE.lines)];
  tmux(
    'new-session',
    '-d',
    '-s',
    '_board',
    ...size,
    '--',
    process.execPath,
    VITALS,
    'watch',
    '--interval',
    '500ms',
  );
  try {
    for (const [id, project, task, line] of PROGRAMS) {
      const args = ['--tmux-socket', socket, 'spawn', '--id', id, '--project', project, '--task', task];
      const child = spawn(process.execPath, [VITALS, ...args, '--', 'sh', '-c', line], {
        env,
        stdio: 'ignore',
      });
      await once(child, 'exit');
    }
    return await shoot(() => tmux('capture-pane', '-e', '-p', '-t', '_board'));
  } finally {
    tmux('kill-server');
    await rm(directory, { recursive: true, force: true });
  }
}

/** The board once it shows every session in its place. */
async function shoot(capture: () => string): Promise<string> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const screen = capture();
    if (screen.includes(COUNTS)) return drawPane(screen.replace(/\n$/, '').split('\n'), SIZE);
    if (performance.now() > deadline) throw new Error(`the board does not show what it should:\n${screen}`);
    await delay(100);
  }
}
