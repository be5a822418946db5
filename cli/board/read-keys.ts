import { emitKeypressEvents, type Key as TypedKey } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { PASTE, type Key } from './press-key.js';

export interface KeyReader {
  /** Leaves the terminal to someone else. */
  pause: () => void;
  resume: () => void;
}

/** Calls `onKey` for each key that is pressed on a terminal, and `onEnd` when there is no terminal any more. */
export function readKeys(
  input: ReadStream,
  { onKey, onEnd }: { onKey: (key: Key) => void; onEnd: () => void },
): KeyReader {
  let pasted: string | null = null;
  emitKeypressEvents(input);
  input.on('keypress', (text: string | undefined, typed: TypedKey) => {
    if (typed.name === 'paste-start') pasted = '';
    else if (typed.name === 'paste-end') {
      onKey({ name: PASTE, text: toOneLine(pasted ?? '') });
      pasted = null;
    } else if (pasted === null) onKey(toKey(text, typed));
    else pasted += text ?? '';
  });
  input.on('end', onEnd);
  input.on('error', onEnd);
  const reader = {
    pause: () => {
      input.setRawMode(false);
      input.pause();
    },
    resume: () => {
      input.setRawMode(true);
      input.resume();
    },
  };
  reader.resume();
  return reader;
}

function toKey(text: string | undefined, { name = '', ctrl, meta }: TypedKey): Key {
  if (ctrl) return { name: `ctrl-${name}`, text: '' };
  if (name === 'enter') return { name: 'return', text: '' };
  const isText = !meta && text !== undefined && !/^\p{Cc}/u.test(text);
  return { name, text: isText ? text : '' };
}

const toOneLine = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, '');
