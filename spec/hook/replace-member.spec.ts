import fc from 'fast-check';
import { replaceMember } from '../../src/hook/replace-member.js';

describe('replaceMember', () => {
  it.each<[string, unknown, string]>([
    ['{}', { a: 1 }, '{\n  "hooks": {\n    "a": 1\n  }\n}'],
    ['{}\n', [], '{\n  "hooks": []\n}\n'],
    ['{"x":1}', { a: 1 }, '{"x":1,"hooks":{"a":1}}'],
    ['{\n\t"x": 1\n}\n', [1], '{\n\t"x": 1,\n\t"hooks": [\n\t\t1\n\t]\n}\n'],
    [
      '{\n    "x": "a,b}\\"",\n    "y": {"hooks": 2}\n}',
      3,
      '{\n    "x": "a,b}\\"",\n    "y": {"hooks": 2},\n    "hooks": 3\n}',
    ],
    ['{ "hooks" : {"x":1} , "y":2}', 3, '{ "hooks" : 3 , "y":2}'],
    ['{"h\\u006foks":1,"y":2}', 3, '{"h\\u006foks":3,"y":2}'],
    ['{"hooks":1,"y":2}', undefined, '{"y":2}'],
    ['{"x":1,"hooks":{"a":[]},"y":2}', undefined, '{"x":1,"y":2}'],
    ['{"hooks":1}', undefined, '{}'],
    ['{"x":1}', undefined, '{"x":1}'],
  ])('of %j to %j', (text, value, expected) => {
    expect(replaceMember(text, 'hooks', value)).toBe(expected);
  });

  it('says of every object what assigning would say, and touches nothing else', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue());
    const spaces = fc.constantFrom(undefined, 2, 4, '\t');
    fc.assert(
      fc.property(
        objects,
        fc.option(fc.jsonValue()),
        fc.jsonValue(),
        spaces,
        (others, before, value, space) => {
          const rest = Object.fromEntries(Object.entries(others).filter(([name]) => name !== 'hooks'));
          const text = JSON.stringify(before === null ? rest : { ...rest, hooks: before }, null, space);
          const changed = replaceMember(text, 'hooks', value);
          expect(JSON.parse(changed)).toEqual(JSON.parse(JSON.stringify({ ...rest, hooks: value })));
          expect(JSON.parse(replaceMember(changed, 'hooks', undefined))).toEqual(
            JSON.parse(JSON.stringify(rest)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
