const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[2J';
const LEAVE = '\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';
const BEGIN_UPDATE = '\u001b[?2026h';
const END_UPDATE = '\u001b[?2026l';

/**
 * The whole terminal, for as long as it is entered: its other contents come back afterwards. Sequences as of xterm's
 * control sequences (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html); 2026 holds the picture back until it is
 * whole, where the terminal knows that (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036).
 */
export class Screen {
  readonly #write: (text: string) => void;
  #shown: readonly string[] = [];
  #isEntered = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Takes the terminal. Wrapping is off, so that a line that is wider than it seems spoils no other. */
  enter(): void {
    if (this.#isEntered) return;
    this.#isEntered = true;
    this.forget();
    this.#write(ENTER);
  }

  /** Gives the terminal back as it was. */
  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    this.#write(LEAVE);
  }

  /** Takes nothing for shown any more: the next picture is drawn whole. */
  forget(): void {
    this.#shown = [];
  }

  /** Shows these lines from the top, and writes those alone that differ from what is shown. */
  draw(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    const isWhole = this.#shown.length === 0;
    const changes = lines.flatMap((line, index) =>
      line === this.#shown[index] ? [] : [`\u001b[${index + 1};1H\u001b[0m\u001b[2K${line}\u001b[0m`],
    );
    if (this.#shown.length > lines.length) changes.push(`\u001b[${lines.length + 1};1H\u001b[J`);
    if (changes.length > 0) {
      this.#write(`${BEGIN_UPDATE}${isWhole ? '\u001b[2J' : ''}${changes.join('')}${END_UPDATE}`);
    }
    this.#shown = lines;
  }
}
