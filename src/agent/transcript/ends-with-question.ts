const LIST_ITEM = /^\s*([-*•]|\d+[.)]|[A-Za-z][.)])\s/;
const CLOSING = /[\s*_`"'”’)\]]+$/;

/** Whether a text leaves its reader with a question: its last line asks, or the line above the choices that end it. */
export function endsWithQuestion(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const asks = (line: string | undefined): boolean => line?.replace(CLOSING, '').endsWith('?') === true;
  return asks(lines.at(-1)) || asks(lines.findLast((line) => !LIST_ITEM.test(line)));
}
