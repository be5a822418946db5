import { findMissing } from './output.js';
import { splitStatements } from './split-statements.js';

const home = '/tmp/vitals-spec-a';
const event = (seq: number, code: number): string =>
  `{"seq":${seq},"epoch":"3302e36b-6644-4437-a365-7460ecb6033${seq}","exit":{"code":${code}},"server":${seq}812}`;

describe('what a page shows as output', () => {
  it('may differ in times, ids and numbers that are another each time', () => {
    expect(findMissing(event(1, 3), `watching\n${event(2, 3)}\n`, { home })).toBeNull();
    expect(findMissing('at ~/x for 3 s', `at ${home}/x for 12s`, { home })).toBeNull();
  });

  it('must have been printed otherwise, in its order', () => {
    expect(findMissing(event(1, 3), event(2, 4), { home })).toBe(event(1, 3));
    expect(findMissing('a\nb', 'b\na', { home })).toBe('b');
    expect(findMissing('part', 'a part of it', { home })).toBe('part');
  });

  it('is anything where it says …', () => {
    expect(findMissing('a … c', 'a (b) c', { home })).toBeNull();
    expect(findMissing('a … c', 'a (b)', { home })).toBe('a … c');
  });
});

describe('the statements of a block', () => {
  it('are what a shell takes at once', () => {
    const script = "# why\na b # c\ncat <<'END'\n# not a comment\nEND\nd |\n  e \\\n  f\necho 'g\nh'";
    expect(splitStatements(script)).toEqual([
      '# why\na b # c',
      "cat <<'END'\n# not a comment\nEND",
      'd |\n  e \\\n  f',
      "echo 'g\nh'",
    ]);
  });

  it('are whole', () => {
    expect(() => splitStatements('echo "a')).toThrow('no whole statement');
  });
});
