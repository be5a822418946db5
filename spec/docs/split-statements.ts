import { spawnSync } from 'node:child_process';

/** The statements of a block of shell, each with the comments above it. */
export function splitStatements(script: string): string[] {
  const statements: string[] = [];
  let begun: string[] = [];
  for (const line of script.split('\n')) {
    begun.push(line);
    if (line.trim() === '' || /^\s*#/.test(line) || !isWhole(begun.join('\n'))) continue;
    statements.push(begun.join('\n'));
    begun = [];
  }
  if (begun.join('').trim() !== '') throw new Error(`this is no whole statement:\n${begun.join('\n')}`);
  return statements;
}

const isWhole = (text: string): boolean =>
  !text.endsWith('\\') && spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr === '';
