import { AmbiguousSessionError, UnknownSessionError } from '../../src/store/errors.js';
import { resolvePrefix } from '../../src/store/resolve-prefix.js';

const KEYS = ['shop/api', 'shop/api-3', 'shop/web', 'shed/web', 'shed/db-1'];

describe('naming a session', () => {
  it.each([
    ['shop/api', 'shop/api', 'a key goes before the longer ones that begin with it'],
    ['api', 'shop/api', 'so does an id'],
    ['api-', 'shop/api-3', 'the beginning of one id is enough'],
    ['shed/w', 'shed/web', 'and so is the beginning of one key'],
    ['d', 'shed/db-1', 'however short'],
  ])('%s is %s: %s', (text, key) => {
    expect(resolvePrefix(text, KEYS)).toBe(key);
  });

  it.each([
    ['web', ['shed/web', 'shop/web']],
    ['ap', ['shop/api', 'shop/api-3']],
    ['shop/ap', ['shop/api', 'shop/api-3']],
  ])('%s alone does not tell which', (text, candidates) => {
    expect(() => resolvePrefix(text, KEYS)).toThrow(AmbiguousSessionError);
    expect(() => resolvePrefix(text, KEYS)).toThrow(
      `"${text}" fits 2 sessions (${candidates.join(', ')}): name more of it, as PROJECT/ID`,
    );
  });

  it.each(['nobody', 'sho', 'sho/api', '/api', 'api-3/', 'API', 'shop/api/3', '../shop/api', 'api-3\n'])(
    'nothing is called %j',
    (text) => {
      expect(() => resolvePrefix(text, KEYS)).toThrow(UnknownSessionError);
    },
  );

  it.each(['', '/', 'shop/'])('%j names no session, even where there is only one', (text) => {
    expect(() => resolvePrefix(text, ['shop/api'])).toThrow(UnknownSessionError);
  });

  it('shows some of very many', () => {
    const many = Array.from({ length: 60 }, (_, index) => `shop/a${index + 10}`);
    expect(() => resolvePrefix('a', many)).toThrow(/fits 60 sessions \(shop\/a10, .*shop\/a17, …\)/);
  });
});
