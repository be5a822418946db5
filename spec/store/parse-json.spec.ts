import { parseJson } from '../../src/store/parse-json.js';

const parse = (text: string): unknown => parseJson(Buffer.from(text));
const refused = (message: string): unknown => ({ type: 'refused', message });

describe('parsing JSON from outside', () => {
  it('gives the value', () => {
    expect(parse('{"a":[1,{"b":null}]}')).toEqual({ type: 'value', value: { a: [1, { b: null }] } });
  });

  it('takes no notice of a byte order mark', () => {
    expect(parse('\ufeff{}')).toEqual({ type: 'value', value: {} });
  });

  it.each([
    ['', 'it is empty'],
    ['{"id": "cut', 'it is not valid JSON (at character 11)'],
    ['{"a":\u001b[31m}', 'it is not valid JSON'],
    ['{"__proto__":{"polluted":1}}', 'it has a key "__proto__"'],
    ['{"a":[{"\\u005f_proto__":1}]}', 'it has a key "__proto__"'],
    ['[['.repeat(60) + ']]'.repeat(60), 'it is nested more than 100 levels deep'],
    ['['.repeat(500_000) + ']'.repeat(500_000), 'it is nested more than 100 levels deep'],
    ['{"a":'.repeat(150_000) + '1' + '}'.repeat(150_000), 'it is nested more than 100 levels deep'],
  ])('refuses %.40j', (text, message) => {
    expect(parse(text)).toEqual(refused(message));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8, which a save would spoil', () => {
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toEqual(refused('it is not text in UTF-8'));
  });
});
