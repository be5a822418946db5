import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const CHECKOUT = resolve(__dirname, '../..');
const page = readFileSync(resolve(CHECKOUT, 'docs/dependencies.md'), 'utf8');
const manifest = JSON.parse(readFileSync(resolve(CHECKOUT, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;

/** What the first column of the table under this heading names. */
function namesUnder(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) /gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );
}

describe('docs/dependencies.md', () => {
  it.each([
    ['At run time', 'dependencies'],
    ['To work on it', 'devDependencies'],
  ] as const)('names under "%s" exactly the %s', (heading, kind) => {
    expect(namesUnder(heading).sort()).toEqual(Object.keys(manifest[kind]).sort());
  });
});
