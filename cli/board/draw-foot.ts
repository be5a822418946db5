import { colours } from '../text/colours.js';
import { fitText, textWidth } from '../text/fit-text.js';
import { printable } from '../text/printable.js';
import { splitGraphemes } from '../text/split-graphemes.js';
import type { View } from './view.js';

const KEYS = 'Enter attach  s send  a answer  x kill  / filter  ? help  q quit';

/** The last line: what is asked, what became of the last act, or the keys. */
export function drawFoot({ mode, filter, note }: View, width: number): string {
  switch (mode.type) {
    case 'filter':
      return typed('filter: ', filter, width);
    case 'send':
      return typed(`send to ${mode.key}: `, mode.text, width);
    case 'answer':
      return mode.asks === null
        ? fitText(`looking at what ${mode.key} asks`, width).trimEnd()
        : typed(`${printable(mode.asks)} `, mode.text, width);
    case 'kill':
      return colours.bold(fitText(`kill ${mode.key}? y kills it, any other key doesn't`, width).trimEnd());
    case 'help':
      return fitText('any key goes back', width).trimEnd();
    case 'board':
      if (!note) return colours.dim(fitText(KEYS, width).trimEnd());
      return (note.tone === 'error' ? colours.red : colours.bold)(
        fitText(printable(note.text), width).trimEnd(),
      );
  }
}

/** A line that is being typed: where it is too long, its end is shown. */
function typed(label: string, text: string, width: number): string {
  const end = splitGraphemes(printable(text));
  while (end.length > 0 && textWidth(label) + textWidth(end.join('')) + 1 > width) end.shift();
  const line = label + end.join('');
  return (textWidth(line) < width ? line : fitText(line, width - 1)) + colours.inverse(' ');
}
