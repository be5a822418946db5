import { makeSession } from '../../fixtures/sessions.js';
import { findSession } from '../../src/control/find-session.js';
import { AmbiguousSessionError, UnknownSessionError } from '../../src/store/errors.js';
import { ControlHome } from './control-home.js';

describe('findSession', () => {
  const home = new ControlHome();
  const find = async (text: string): Promise<string> => {
    const { projectId, id } = await findSession(home.sessions, text);
    return `${projectId}/${id}`;
  };

  beforeAll(async () => {
    for (const [projectId, id] of [
      ['shop', 'int-12'],
      ['shop', 'api'],
      ['blog', 'api'],
      ['blog', 'api-2'],
      ['blog', 'web'],
    ] as const) {
      await home.save(makeSession({ projectId, id }));
    }
  });
  afterAll(() => home.tmux.stop());

  it('finds a session by its id or its key', async () => {
    expect(await find('web')).toBe('blog/web');
    expect(await find('shop/api')).toBe('shop/api');
    expect(await find('api-2')).toBe('blog/api-2');
  });

  it.each(['int-1', 'we', 'shop/int', 'shop/', 'nobody', '', 'WEB', '../blog/web', 'web.json'])(
    'finds no session by %j',
    (text) => expect(find(text)).rejects.toThrow(UnknownSessionError),
  );

  it('does not choose between namesakes', async () => {
    await expect(find('api')).rejects.toThrow(AmbiguousSessionError);
    await expect(find('api')).rejects.toThrow('blog/api, shop/api');
  });
});
