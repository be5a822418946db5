import { randomUUID } from 'node:crypto';

import { checkText } from './check-argument.js';
import type { PaneTarget } from './pane-target.js';
import { runGuarded } from './run-guarded.js';
import type { TmuxCommand, TmuxTransport } from './tmux-transport.js';

const command = 'paste-buffer';

export interface PasteOptions {
  /** Press Enter after the text. */
  submit: boolean;
  signal?: AbortSignal;
}

/** Writes text to a pane's program byte for byte, as a bracketed paste if the program asked for those. */
export async function pasteText(
  transport: TmuxTransport,
  target: PaneTarget,
  text: string,
  { submit, ...options }: PasteOptions,
): Promise<void> {
  checkText(text, { subject: 'the text', command });
  const buffer = `_bridge-${randomUUID()}`;
  const isEmpty = text === '';
  await runGuarded(transport, {
    ...options,
    command,
    target,
    needsInput: true,
    stdin: text,
    prepare: isEmpty ? [] : [['load-buffer', '-b', buffer, '-']],
    act: [
      ...(isEmpty ? [] : [paste(['-p'], { buffer, target })]),
      ...(submit ? pressEnter({ buffer, target }) : []),
    ],
    cleanUp: isEmpty ? [] : [['delete-buffer', '-b', buffer]],
  });
}

interface Paste {
  buffer: string;
  target: PaneTarget;
}

// -r keeps a newline a newline, -d ends the buffer with the paste.
const paste = (flags: string[], { buffer, target }: Paste): TmuxCommand => {
  return [command, '-d', '-r', ...flags, '-b', buffer, '-t', target.paneId];
};

// Outside the brackets a carriage return is the Enter key. `send-keys` would give it to copy mode instead of the
// program while somebody scrolls.
const pressEnter = (how: Paste): TmuxCommand[] => [['set-buffer', '-b', how.buffer, '\r'], paste([], how)];

/** Writes bytes to a pane's program as keys do: never bracketed, also while somebody scrolls in the pane. */
export async function typeKeys(
  transport: TmuxTransport,
  target: PaneTarget,
  keys: string,
  options: Pick<PasteOptions, 'signal'>,
): Promise<void> {
  checkText(keys, { subject: 'the keys', command });
  const buffer = `_bridge-${randomUUID()}`;
  await runGuarded(transport, {
    ...options,
    command,
    target,
    needsInput: true,
    stdin: keys,
    prepare: [['load-buffer', '-b', buffer, '-']],
    act: [paste([], { buffer, target })],
    cleanUp: [['delete-buffer', '-b', buffer]],
  });
}
