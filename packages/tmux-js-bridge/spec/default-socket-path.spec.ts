import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';

import { NoSocketError, defaultSocketPath, TmuxServer, type TmuxError } from '../src/index.js';
import { PrivateTmux } from './fixtures/private-tmux.js';

let tmux: PrivateTmux;
beforeEach(() => {
  tmux = new PrivateTmux();
});
afterEach(() => tmux.stop());

/** What tmux itself says it would connect to. */
async function askTmux(env: NodeJS.ProcessEnv): Promise<string> {
  const tmuxPath = tmux.writeShim(
    'bare-tmux',
    'unset TMUX TMUX_TMPDIR; . "$SETTINGS"; exec tmux -N list-panes',
  );
  const settings = Object.entries(env).map(([name, value]) => `export ${name}='${value ?? ''}'`);
  writeFileSync(tmux.path('settings'), settings.join('\n'));
  const server = tmux.connect({ tmuxPath, env: { ...tmux.env, SETTINGS: tmux.path('settings') } });
  const error: unknown = await server.listPanes().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NoSocketError);
  return /^error connecting to (.*) \(/.exec((error as TmuxError).stderr)?.[1] ?? '';
}

it('chooses as tmux does', async () => {
  mkdirSync(tmux.path('real'));
  symlinkSync(tmux.path('real'), tmux.path('link'));
  const cases = [
    { TMUX: tmux.path('current,123,4') },
    { TMUX: tmux.path('current'), TMUX_TMPDIR: tmux.path('real') },
    { TMUX_TMPDIR: tmux.path('real') },
    { TMUX_TMPDIR: tmux.path('link') },
    { TMUX: ',1,2', TMUX_TMPDIR: tmux.path('real') },
    { TMUX: '', TMUX_TMPDIR: tmux.path('real') },
  ];

  for (const env of cases) expect([env, defaultSocketPath(env)]).toEqual([env, await askTmux(env)]);
});

it.each([{}, { TMUX_TMPDIR: '' }, { TMUX_TMPDIR: '/not/there' }])('falls back to /tmp in %j', (env) => {
  expect(defaultSocketPath(env)).toBe(`${realpathSync('/tmp')}/tmux-${process.getuid!()}/default`);
});

it('is where a server without a given socket is looked for', () => {
  const env = { TMUX_TMPDIR: tmux.directory };

  expect(new TmuxServer({ env }).socketPath).toBe(defaultSocketPath(env));
  expect(new TmuxServer().socketPath).toBe(defaultSocketPath(process.env));
});
