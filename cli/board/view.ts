/** What the person at the board is doing. */
export type Mode =
  | { type: 'board' }
  | { type: 'help' }
  | { type: 'filter'; before: string }
  | { type: 'send'; key: string; text: string }
  /** What it asks is fetched first: null until it is there. */
  | { type: 'answer'; key: string; asks: string | null; text: string }
  | { type: 'kill'; key: string };

/** A line about what became of an act. */
export interface Note {
  tone: 'plain' | 'error';
  text: string;
}

/** How a person looks at the board. */
export interface View {
  mode: Mode;
  /** The key of the row that keys act on; null, as long as nobody has chosen, for the top one. */
  selected: string | null;
  filter: string;
  /** The index of the first row that is shown. */
  top: number;
  note: Note | null;
}

export const FIRST_VIEW: View = { mode: { type: 'board' }, selected: null, filter: '', top: 0, note: null };

/** The index of the row that keys act on. */
export const indexOfSelected = ({ selected }: View, keys: readonly string[]): number =>
  Math.max(0, selected === null ? 0 : keys.indexOf(selected));

/** The view scrolled so that `height` lines show the row that keys act on. */
export function scrollToSelected(view: View, keys: readonly string[], height: number): View {
  const index = indexOfSelected(view, keys);
  const highest = Math.max(0, keys.length - height);
  const top = Math.min(highest, Math.max(index - height + 1, Math.min(view.top, index)));
  return { ...view, top: Math.max(0, top) };
}
