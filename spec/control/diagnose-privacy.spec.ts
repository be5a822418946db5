import { chmodSync, mkdirSync } from 'node:fs';
import { diagnose } from '../../src/control/diagnose.js';
import { ControlHome } from './control-home.js';

describe('diagnose, of a home that others have access to', () => {
  const home = new ControlHome();
  afterAll(() => home.tmux.stop());

  it('warns, and says how to mend it', async () => {
    const path = home.context.sessions.home;
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
    expect(await diagnose(home.context, { env: home.tmux.env })).toContainEqual({
      subject: 'home',
      state: 'warning',
      message: `others than you have access to ${path}: its mode is 755`,
      cure: `chmod 700 ${path}`,
    });
    chmodSync(path, 0o700);
    const subjects = (await diagnose(home.context, { env: home.tmux.env })).map(
      ({ subject, state }) => `${subject} ${state}`,
    );
    expect(subjects).not.toContain('home warning');
  });
});
