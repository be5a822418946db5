import * as fc from 'fast-check';
import { isId, parseSessionKey, sessionKey } from '../../src/session/session-key.js';

describe('an id', () => {
  it.each(['a', 'api-3', 'A_b-9', '9lives', 'x'.repeat(64)])('may be %p', (text) =>
    expect(isId(text)).toBe(true),
  );

  it.each(['', '-a', '_a', '.', '..', 'a/b', 'a b', 'a.b', 'é', 'a\n', '\na', '$1', 'x'.repeat(65)])(
    'may not be %p',
    (text) => expect(isId(text)).toBe(false),
  );
});

describe('a session key', () => {
  it('is the project and the id', () =>
    expect(sessionKey({ projectId: 'shop', id: 'api-3' })).toBe('shop/api-3'));

  it('can be taken apart again', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
    fc.assert(
      fc.property(id, id, (projectId, name) => {
        expect(parseSessionKey(sessionKey({ projectId, id: name }))).toEqual({ projectId, id: name });
      }),
    );
  });

  it.each([
    '',
    'api-3',
    '/',
    'shop/',
    '/api-3',
    'shop/api-3/',
    'a/b/c',
    '../x',
    'shop/..',
    'shop/-a',
    'sh op/a',
  ])('is not %p', (text) => expect(parseSessionKey(text)).toBeNull());
});
