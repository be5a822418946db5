import { makeSession } from '../../fixtures/sessions.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { sendText } from '../../src/control/send-text.js';
import { spawnSession } from '../../src/control/spawn-session.js';
import { NotSupportedError, ProgramGoneError } from '../../src/runtime/runtime-error.js';
import { isTerminal, STATUSES } from '../../src/session/status.js';
import { ControlHome } from './control-home.js';

describe('sendText', () => {
  const home = new ControlHome();
  const { tmux, context } = home;
  const text = { text: 'go on', submit: true };

  beforeAll(() => tmux.begin());
  afterAll(() => tmux.stop());

  it('types into the program of a session', async () => {
    const file = tmux.directory.fresh('typed');
    const session = await spawnSession(context, {
      command: ['sh', '-c', 'IFS= read -r line; printf %s "$line" >"$0"', file],
      workspacePath: tmux.directory.path,
    });
    await sendText(context, session, { text: ' #(x); "go on" ', submit: true });
    expect(await waitFor('its report', () => home.read(file))).toBe(' #(x); "go on" ');
  });

  it.each(STATUSES.filter(isTerminal))('types nothing where the session is %s', async (status) => {
    const session = makeSession({ status, runtime: 'tmux' });
    await expect(sendText(context, session, text)).rejects.toThrow(ProgramGoneError);
    await expect(sendText(context, session, text)).rejects.toThrow(`shop/api-3 has ended: it is ${status}`);
  });

  it('asks for patience where the program has not started', async () => {
    const session = makeSession({ status: 'spawning', handle: null, runtime: 'tmux' });
    await expect(sendText(context, session, text)).rejects.toThrow('has not started yet');
  });

  it('can not type into a plain process', async () => {
    const session = await spawnSession(context, {
      ...{ command: ['sleep', '1000'], workspacePath: tmux.directory.path, runtime: 'process' },
    });
    tmux.ends(Number(session.handle?.['pid']));
    await expect(sendText(context, session, text)).rejects.toThrow(NotSupportedError);
  });
});
