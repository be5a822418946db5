import { diffLines } from '../../src/hook/diff-lines.js';

describe('diffLines', () => {
  it.each([
    ['a\nb\n', 'a\nb\n', ''],
    ['', 'a\n', '@@ -1 +1 @@\n+a\n'],
    ['a\n', '', '@@ -1 +1 @@\n-a\n'],
    [
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
      '1\n2\n3\n4\nx\ny\n6\n7\n8\n9\n',
      '@@ -2 +2 @@\n 2\n 3\n 4\n-5\n+x\n+y\n 6\n 7\n 8\n',
    ],
    ['a\na\n', 'a\na\na\n', '@@ -1 +1 @@\n a\n a\n+a\n'],
  ])('from %j to %j', (before, after, expected) => {
    expect(diffLines(before, after)).toBe(expected);
  });
});
