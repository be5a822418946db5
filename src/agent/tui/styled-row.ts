/** One row of a terminal: its text, and how each of its characters looks. */
export interface StyledRow {
  /** Its place on the screen, from 0 at the top. */
  row: number;
  text: string;
  /** As long as the text; true where the character is dim, as placeholders are. */
  dim: readonly boolean[];
  /** True where foreground and background are swapped, as drawn cursors and highlighted choices are. */
  inverse: readonly boolean[];
  /** True where the character has a background of its own. */
  filled: readonly boolean[];
  /**
   * The background of each character: the parameters of its SGR code; empty where it has none of its own. Where
   * the text was trimmed, this goes on to the end of the row.
   */
  background: readonly string[];
  /** True where the character is bold. */
  bold: readonly boolean[];
}

interface Style {
  dim: boolean;
  inverse: boolean;
  background: string;
  bold: boolean;
}

const PLAIN: Readonly<Style> = { dim: false, inverse: false, background: '', bold: false };

// SGR, and any other control or OSC sequence, which are dropped. Source: ECMA-48.

const SEQUENCE =
  /\x1b\[([0-9:;]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b./g;

/** Reads rows with SGR sequences; a style that a row leaves on goes on in the next, as `capture-pane -e` prints them. */
export function readRows(rows: readonly string[]): StyledRow[] {
  let style: Style = PLAIN;
  return rows.map((row, place) => {
    const [dim, inverse, filled, bold] = [[], [], [], []] as [boolean[], boolean[], boolean[], boolean[]];
    const background: string[] = [];
    const read = { row: place, text: '', dim, inverse, filled, bold, background };
    const add = (text: string): void => {
      read.text += text;
      for (let index = 0; index < text.length; index += 1) {
        dim.push(style.dim);
        inverse.push(style.inverse);
        filled.push(style.background !== '');
        bold.push(style.bold);
        background.push(style.background);
      }
    };
    let from = 0;
    for (const match of row.matchAll(SEQUENCE)) {
      add(row.slice(from, match.index));
      from = match.index + match[0].length;
      if (match[1] !== undefined) style = applySgr(style, match[1]);
    }
    add(row.slice(from));
    return read;
  });
}

function applySgr(before: Style, parameters: string): Style {
  const codes = parameters.split(';');
  const style = { ...before };
  for (let index = 0; index < codes.length; index += 1) {
    const [code = 0] = (codes[index] ?? '').split(':').map(Number);
    switch (code) {
      case 0:
        Object.assign(style, PLAIN);
        break;
      case 2:
        style.dim = true;
        break;
      case 1:
        style.bold = true;
        break;
      case 22:
        style.dim = false;
        style.bold = false;
        break;
      case 7:
        style.inverse = true;
        break;
      case 27:
        style.inverse = false;
        break;
      case 49:
        style.background = '';
        break;
      case 38:
      case 48: {
        // The colour's own numbers are no codes.
        const more = (codes[index] ?? '').includes(':') ? 0 : codes[index + 1] === '5' ? 2 : 4;
        if (code === 48) style.background = codes.slice(index, index + more + 1).join(';');
        index += more;
        break;
      }
      default:
        if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) style.background = String(code);
    }
  }
  return style;
}
