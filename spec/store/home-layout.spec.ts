import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { InvalidIdError } from '../../src/store/errors.js';
import { HomeLayout, resolveHome } from '../../src/store/home-layout.js';

describe('the home', () => {
  const everything = { VITALS_HOME: '/from/env', XDG_STATE_HOME: '/from/xdg', HOME: '/from/home' };

  it.each([
    ['the flag goes first', '/from/flag', everything, '/from/flag'],
    ['then the variable of our own', undefined, everything, '/from/env'],
    ['then the state directory', undefined, { ...everything, VITALS_HOME: '' }, '/from/xdg/session-vitals'],
    ['else the usual state directory', undefined, { HOME: '/h' }, '/h/.local/state/session-vitals'],
    ['an empty flag is none', '', everything, '/from/env'],
    [
      'a relative state directory is ignored',
      undefined,
      { XDG_STATE_HOME: 'here', HOME: '/h' },
      '/h/.local/state/session-vitals',
    ],
    ['without any variable it is the user’s', undefined, {}, `${homedir()}/.local/state/session-vitals`],
  ])('%s', (_, home, env, expected) => {
    expect(resolveHome({ home, env })).toBe(expected);
  });

  it('is an absolute path whatever was given', () => {
    expect(resolveHome({ home: 'some/where', env: {} })).toBe(resolve('some/where'));
    expect(resolveHome({ env: { VITALS_HOME: './v' } })).toBe(resolve('v'));
  });
});

describe('the layout of a home', () => {
  const layout = new HomeLayout('/h');

  it('gives everything about a session its place', () => {
    expect(layout.sessionsDirectory).toBe('/h/sessions');
    expect(layout.projectDirectory('shop')).toBe('/h/sessions/shop');
    expect(layout.sessionFile('shop/api-3')).toBe('/h/sessions/shop/api-3.json');
    expect(layout.exitFile('shop/api-3')).toBe('/h/exits/shop/api-3');
    expect(layout.outputFile('shop/api-3')).toBe('/h/output/shop/api-3.log');
    expect(layout.lockFile('shop/api-3')).toBe('/h/locks/shop/api-3.lock');
    expect(layout.archiveDirectory('shop')).toBe('/h/archive/shop');
  });

  it.each([
    '',
    'api',
    'shop/',
    '/api',
    'shop/../api',
    'a/b/c',
    'shop/a.b',
    'shop/-a',
    `shop/${'a'.repeat(65)}`,
  ])('makes no path of %j', (key) => {
    expect(() => layout.sessionFile(key)).toThrow(InvalidIdError);
    expect(() => layout.exitFile(key)).toThrow(InvalidIdError);
  });

  it('says in one line what an id is, and quotes the bad one', () => {
    expect(() => layout.projectDirectory('a\n\u001b[2J')).toThrow(
      '"a\\n\\u001b[2J" is no project id: use up to 64 letters',
    );
  });
});
