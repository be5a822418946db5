interface Member {
  name: string;
  /** Where the name begins, the value begins, and the value ends. */
  start: number;
  valueStart: number;
  end: number;
}

/**
 * The text of a JSON object in which the member `name` has this value, or is gone where that is undefined; every other
 * byte stays as it was. The text must be one that `JSON.parse` takes for an object.
 */
export function replaceMember(text: string, name: string, value: unknown): string {
  const members = listMembers(text);
  const index = members.findLastIndex((member) => member.name === name);
  const member = members[index];
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? (text.includes('\n') || members.length === 0 ? '  ' : '');
  if (value === undefined) return member ? without(text, members, index) : text;
  const json = JSON.stringify(value, null, indent).replaceAll('\n', `\n${indent}`);
  if (member) return text.slice(0, member.valueStart) + json + text.slice(member.end);
  return insertLast(
    text,
    members.at(-1),
    `${JSON.stringify(name)}:${indent === '' ? '' : ' '}${json}`,
    indent,
  );
}

function insertLast(text: string, last: Member | undefined, member: string, indent: string): string {
  const line = indent === '' ? '' : `\n${indent}`;
  if (last) return `${text.slice(0, last.end)},${line}${member}${text.slice(last.end)}`;
  const [open, close] = [text.indexOf('{') + 1, text.lastIndexOf('}')];
  return `${text.slice(0, open)}${line}${member}\n${text.slice(close)}`;
}

/** It goes with the comma that parts it from the one before it, or else from the one after it. */
function without(text: string, members: readonly Member[], index: number): string {
  const [before, member, after] = [members[index - 1], members[index], members[index + 1]];
  if (!member) return text;
  if (before) return text.slice(0, before.end) + text.slice(member.end);
  if (after) return text.slice(0, member.start) + text.slice(after.start);
  return text.slice(0, text.indexOf('{') + 1) + text.slice(text.lastIndexOf('}'));
}

function listMembers(text: string): Member[] {
  const members: Member[] = [];
  let depth = 0;
  let open: Omit<Member, 'end'> | null = null;
  let lastEnd = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const start = index;
    if (character === '"') index = endOfString(text, index);
    if (depth === 1 && character === '"' && !open) {
      const name = JSON.parse(text.slice(start, index + 1)) as string;
      open = { name, start, valueStart: skipSpace(text, text.indexOf(':', index) + 1) };
      index = open.valueStart - 1;
      continue;
    }
    if (depth === 1 && open && (character === ',' || character === '}')) {
      members.push({ ...open, end: lastEnd });
      open = null;
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (!/\s/.test(character)) lastEnd = index + 1;
  }
  return members;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}

function skipSpace(text: string, start: number): number {
  let index = start;
  while (/\s/.test(text[index] ?? '')) index += 1;
  return index;
}
