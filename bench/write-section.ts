import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { resolve } from 'node:path';

const RESULTS = resolve('bench', 'RESULTS.md');

const TITLE =
  '# What was measured\n\nEach section by the command in its heading, after `npm run build`; all of them by `npm run bench:all`.\n';

export interface Section {
  /** What was measured, and the command that does it, as a heading. */
  heading: string;
  /** Markdown. */
  text: string;
}

/** Prints a section, and puts it into `bench/RESULTS.md` in the place of the one with the same heading. */
export function writeSection({ heading, text }: Section): void {
  const section = `## ${heading}\n\n${describeMachine()}\n\n${text.trim()}\n`;
  process.stdout.write(`${section}\n`);
  if (!existsSync(RESULTS)) return;
  const [, ...others] = readFileSync(RESULTS, 'utf8').split(/^## /m);
  const sections = others.map((other) => `## ${other.trim()}\n`);
  const place = sections.findIndex((other) => other.startsWith(`## ${heading}\n`));
  sections.splice(place < 0 ? sections.length : place, place < 0 ? 0 : 1, section);
  writeFileSync(RESULTS, [TITLE, ...sections].join('\n'));
}

/** A Markdown table; numbers with as many digits as they are worth. */
export function table(rows: readonly Record<string, string | number>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => heads.map((head) => formatCell(row[head] ?? '')));
  return [heads, heads.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function formatCell(value: string | number): string {
  if (typeof value === 'string') return value;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(digits);
}

function describeMachine(): string {
  const tmux = execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cpus().length} cores, ${type()} ${release()}, ${tmux}, Node ${process.versions.node}.`;
}
