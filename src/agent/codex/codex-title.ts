import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../../session/clock.js';
import type { Session } from '../../session/session.js';
import { errorCode } from '../../session/error-code.js';
import type { TuiReading } from '../tui/read-tui.js';

/** Settings are read again so often: milliseconds. */
const FRESH_MS = 5_000;

/** What Codex shows of its state in the title: a spinner, a word, or nothing. */
type Shown = 'spinner' | 'word' | 'nothing';

const WORKS: ReadonlySet<string> = new Set(['Working', 'Thinking', 'Starting']);

/**
 * Reads the window's title of a Codex at its box. By default a spinner leads it while Codex works, and nothing while it
 * rests; `tui.terminal_title` and `tui.animations` change that. Source: Codex 0.142 to 0.171, and its configuration.
 */
export class CodexTitle {
  readonly #root: string;
  readonly #clock: Clock;
  #read: { atMs: number; shown: Shown } | null = null;

  constructor({ root, clock }: { root: string; clock: Clock }) {
    this.#root = root;
    this.#clock = clock;
  }

  /** What a title without a sign means; null where it may mean anything. */
  async read(
    { command, workspacePath }: Session,
    { title, tui: { composer } }: { title: string; tui: TuiReading },
  ): Promise<'active' | 'ready' | null> {
    if (!composer || composer.isStarting === true || title === '') return null;
    // Its own settings, which are in no file.
    if (command.some((word) => /\b(terminal_title|animations)\b/.test(word))) return null;
    const shown = await this.#settings();
    const parts = title.split(' | ');
    if (shown === 'word')
      return parts.some((part) => WORKS.has(part)) ? 'active' : parts.includes('Ready') ? 'ready' : null;
    // The project's name ends the title; any other title may be another program's.
    const isOwn =
      shown === 'spinner' && workspacePath !== null && namesAbove(workspacePath).has(parts.at(-1) ?? '');
    return isOwn ? 'ready' : null;
  }

  async #settings(): Promise<Shown> {
    const atMs = this.#clock.now();
    if (this.#read && atMs - this.#read.atMs < FRESH_MS) return this.#read.shown;
    const shown = parseSettings(await readSettings(join(this.#root, 'config.toml')));
    this.#read = { atMs, shown };
    return shown;
  }
}

/** What is no file of a sensible size is taken for settings that are not known. */
async function readSettings(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size > 1024 * 1024 ? null : await readFile(path, 'utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? '' : null;
  }
}

function parseSettings(text: string | null): Shown {
  if (text === null) return 'nothing';
  const settings = text.replace(/^\s*#.*$/gm, '');
  const title = /\bterminal_title"?\s*=\s*(\[[^\]]*\]|.*)/.exec(settings)?.[1];
  if (title !== undefined && /"run-state"/.test(title)) return 'word';
  if (/\banimations"?\s*=\s*false/.test(settings)) return 'nothing';
  return title === undefined || /"(activity|spinner)"/.test(title) ? 'spinner' : 'nothing';
}

/** The names of a directory and of those above it: the project is named after the repository's root. */
function namesAbove(path: string): Set<string> {
  const names = new Set<string>();
  for (let at = path; at !== dirname(at); at = dirname(at)) names.add(basename(at));
  return names;
}
