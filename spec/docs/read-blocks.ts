import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the repository lies. */
export const ROOT = resolve(__dirname, '../..');

/** A fenced code block of a page. */
export interface Block {
  page: string;
  /** The line of its opening fence. */
  line: number;
  language: string;
  text: string;
  /** Whether a heading stands between it and the block before it. */
  beginsSection: boolean;
}

/** The fenced code blocks of a page, from top to bottom. */
export function readBlocks(page: string): Block[] {
  const lines = readFileSync(resolve(ROOT, page), 'utf8').split('\n');
  const blocks: Block[] = [];
  let beginsSection = true;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, indent = '', fence, language = ''] = /^( *)(`{3,}|~{3,})(\S*)/.exec(line) ?? [];
    if (fence === undefined) {
      beginsSection ||= /^#{1,6} /.test(line);
      continue;
    }
    const end = lines.findIndex((other, index) => index > at && other.trim() === fence);
    if (end < 0) throw new Error(`${page}:${at + 1}: this block has no end`);
    const text = lines.slice(at + 1, end).map((other) => other.slice(indent.length));
    blocks.push({ page, line: at + 1, language, text: text.join('\n'), beginsSection });
    beginsSection = false;
    at = end;
  }
  return blocks;
}
