import stringWidth from 'string-width';

const CELL = { width: 8.4, height: 18 };
const PALETTE = ['#1e2127', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#dcdfe4'];
const INK = '#dcdfe4';
const PAPER = '#1e2127';
const FONT = 'ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace';

interface Style {
  colour: number | null;
  isBold: boolean;
  isDim: boolean;
  isInverse: boolean;
}

const PLAIN: Style = { colour: null, isBold: false, isDim: false, isInverse: false };

/** The lines of `tmux capture-pane -e` as an SVG picture, `columns` wide. */
export function drawPane(lines: readonly string[], { columns }: { columns: number }): string {
  const width = Math.ceil(columns * CELL.width + 24);
  const height = Math.ceil(lines.length * CELL.height + 24);
  let style = PLAIN;
  const parts = lines.flatMap((line, index) => {
    const drawn = drawLine(line, { y: 12 + index * CELL.height, style });
    style = drawn.style;
    return drawn.parts;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" font-size="14" xml:space="preserve">
<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>
${parts.join('\n')}
</svg>
`;
}

function drawLine(line: string, place: { y: number; style: Style }): { parts: string[]; style: Style } {
  const parts: string[] = [];
  let { style } = place;
  let column = 0;
  for (const [, codes, text] of line.matchAll(/\u001b\[([0-9;]*)m|([^\u001b]+)/g)) {
    if (text === undefined) style = restyle(style, codes ?? '');
    // Words are put to their places one by one, since no two fonts are equally wide.
    for (const word of text?.match(/ +|[^ ]+ ?/g) ?? []) {
      parts.push(drawText(word, { x: round(12 + column * CELL.width), y: place.y, style }));
      column += stringWidth(word);
    }
  }
  return { parts: parts.filter((part) => part !== ''), style };
}

function restyle(style: Style, codes: string): Style {
  let next = style;
  for (const code of codes.split(';').map(Number)) {
    if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, isBold: true };
    else if (code === 2) next = { ...next, isDim: true };
    else if (code === 7) next = { ...next, isInverse: true };
    else if (code >= 30 && code <= 37) next = { ...next, colour: code - 30 };
    else if (code === 39) next = { ...next, colour: null };
  }
  return next;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function drawText(text: string, { x, y, style }: { x: number; y: number; style: Style }): string {
  const width = round(stringWidth(text) * CELL.width);
  const colour = style.colour === null ? INK : (PALETTE[style.colour] ?? INK);
  const box = style.isInverse
    ? `<rect x="${x}" y="${y}" width="${round(width + 0.6)}" height="${CELL.height}" fill="${colour}"/>`
    : '';
  if (text.trim() === '') return box;
  const weight = style.isBold ? ' font-weight="bold"' : '';
  const opacity = style.isDim ? ' opacity="0.6"' : '';
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `${box}<text x="${x}" y="${y + 14}" fill="${style.isInverse ? PAPER : colour}"${weight}${opacity}>${escaped.trimEnd()}</text>`;
}
