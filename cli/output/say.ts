import { printable } from '../text/printable.js';

/** One line for people, on stderr: stdout carries data alone. */
export function say(message: string): void {
  process.stderr.write(`${printable(message.replace(/\s*\n\s*/g, ' '))}\n`);
}
