import { describeAge } from '../../../cli/text/describe-age.js';
import { printable } from '../../../cli/text/printable.js';

describe('describeAge', () => {
  it.each([
    [-5, '0s'],
    [0, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [3_599_999, '59m'],
    [7_200_000, '2h'],
    [86_400_000 * 3.9, '3d'],
  ])('shows %i ms as %s', (ms, text) => expect(describeAge(ms)).toBe(text));
});

describe('printable', () => {
  it('leaves text as it is, in any script', () => {
    for (const text of ['plain text', 'äöü ß', '日本語', 'مرحبا', '🙂 ✓ → …', 'e\u0301'])
      expect(printable(text)).toBe(text);
  });

  it('replaces whatever could steer a terminal', () => {
    const codes = [
      ...Array.from({ length: 32 }, (_, code) => code),
      ...Array.from({ length: 33 }, (_, i) => 127 + i),
    ];
    for (const code of [...codes, 0x200e, 0x202e, 0x2066, 0x2028, 0xfeff, 0xe000]) {
      expect(printable(`a${String.fromCodePoint(code)}b`)).toBe('a\uFFFDb');
    }
  });
});
