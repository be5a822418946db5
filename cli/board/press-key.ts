import { splitGraphemes } from '../text/split-graphemes.js';
import { indexOfSelected, type Mode, type View } from './view.js';

/** A key: its name as Node's readline has it, and the text that it types, if any. */
export interface Key {
  name: string;
  text: string;
}

/** What is to be done about a key, beyond looking elsewhere. */
export type Act =
  | { type: 'quit' }
  | { type: 'suspend' }
  | { type: 'attach'; key: string }
  | { type: 'send'; key: string; text: string }
  | { type: 'ask'; key: string }
  | { type: 'answer'; key: string; text: string }
  | { type: 'kill'; key: string };

export interface Pressed {
  view: View;
  act: Act | null;
}

export interface KeyContext {
  /** The keys of the rows, in the order in which they stand. */
  keys: readonly string[];
  /** How many rows are shown at once. */
  pageSize: number;
}

/** The name of what was pasted: text, whatever it would mean as keys. */
export const PASTE = 'paste';

const BOARD: Mode = { type: 'board' };

/** What a key does. */
export function pressKey(view: View, key: Key, context: KeyContext): Pressed {
  const next = { ...view, note: null };
  if (key.name === 'ctrl-c') return { view: next, act: { type: 'quit' } };
  if (key.name === 'ctrl-z') return { view: next, act: { type: 'suspend' } };
  switch (next.mode.type) {
    case 'board':
      return pressOnBoard(next, key, context);
    case 'help':
      return look({ ...next, mode: BOARD });
    case 'filter':
      return pressInFilter(next, next.mode, key);
    case 'send':
      return pressInSend(next, next.mode, key);
    case 'answer':
      return pressInAnswer(next, next.mode, key);
    case 'kill':
      return {
        view: { ...next, mode: BOARD },
        act: key.text === 'y' && key.name !== PASTE ? { type: 'kill', key: next.mode.key } : null,
      };
  }
}

const look = (view: View): Pressed => ({ view, act: null });

function pressOnBoard(view: View, { name, text }: Key, { keys, pageSize }: KeyContext): Pressed {
  if (name === PASTE) return look(view);
  const index = indexOfSelected(view, keys);
  const select = (to: number): Pressed =>
    look({ ...view, selected: keys[Math.max(0, Math.min(keys.length - 1, to))] ?? null });
  const key = keys[index];
  switch (text === '' ? name : text) {
    case 'down':
    case 'j':
      return select(index + 1);
    case 'up':
    case 'k':
      return select(index - 1);
    case 'pagedown':
      return select(index + pageSize);
    case 'pageup':
      return select(index - pageSize);
    case 'end':
    case 'G':
      return select(keys.length - 1);
    case 'home':
    case 'g':
      return look({ ...view, selected: null });
    case 'escape':
      return look({ ...view, filter: '', selected: null });
    case '/':
      return look({ ...view, mode: { type: 'filter', before: view.filter } });
    case '?':
      return look({ ...view, mode: { type: 'help' } });
    case 'q':
      return { view, act: { type: 'quit' } };
    case 'a':
      return key === undefined
        ? look(view)
        : {
            view: { ...view, mode: { type: 'answer', key, asks: null, text: '' } },
            act: { type: 'ask', key },
          };
    case 'return':
      return key === undefined ? look(view) : { view, act: { type: 'attach', key } };
    case 's':
      return key === undefined ? look(view) : look({ ...view, mode: { type: 'send', key, text: '' } });
    case 'x':
      return key === undefined ? look(view) : look({ ...view, mode: { type: 'kill', key } });
    default:
      return look(view);
  }
}

function pressInFilter(view: View, { before }: { before: string }, key: Key): Pressed {
  if (key.name === 'return') return look({ ...view, mode: BOARD });
  if (key.name === 'escape') return look({ ...view, mode: BOARD, filter: before });
  return look({ ...view, filter: typeInto(view.filter, key), selected: null });
}

function pressInSend(view: View, mode: Extract<Mode, { type: 'send' }>, key: Key): Pressed {
  const closed = { ...view, mode: BOARD };
  if (key.name === 'escape') return look(closed);
  if (key.name !== 'return') return look({ ...view, mode: { ...mode, text: typeInto(mode.text, key) } });
  return { view: closed, act: mode.text === '' ? null : { type: 'send', key: mode.key, text: mode.text } };
}

/** Until it is shown what is asked, no key but Escape counts. */
function pressInAnswer(view: View, mode: Extract<Mode, { type: 'answer' }>, key: Key): Pressed {
  const closed = { ...view, mode: BOARD };
  if (key.name === 'escape') return look(closed);
  if (mode.asks === null) return look(view);
  if (key.name !== 'return') return look({ ...view, mode: { ...mode, text: typeInto(mode.text, key) } });
  const text = mode.text.trim();
  return { view: closed, act: text === '' ? null : { type: 'answer', key: mode.key, text } };
}

function typeInto(text: string, key: Key): string {
  if (key.name === 'backspace') return splitGraphemes(text).slice(0, -1).join('');
  if (key.name === 'ctrl-u') return '';
  if (key.name === 'ctrl-w') return text.replace(/\S*\s*$/u, '');
  return text + key.text;
}
