import { readFileSync } from 'node:fs';

import { NotFoundError } from '../src/index.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(() => {
    tmux = new PrivateTmux({ transport });
  });
  afterEach(() => tmux.stop());

  const show = async (script: string) => {
    const pane = await tmux.server.createSession({
      name: 'shown',
      command: ['sh', '-c', `${script}; exec cat`],
      cwd: '/',
    });
    const screen = () => tmux.server.captureScreen(pane);
    return { pane, screen };
  };

  it('gives every row with its styles, and where the cursor is', async () => {
    const { screen } = await show(`printf 'one\\n\\n\\033[2mdim\\033[0m \\033[7minverse\\033[0m'`);

    const shown = await waitFor('the text', async () => {
      const seen = await screen();
      return seen.rows[2]?.includes('inverse') ? seen : null;
    });

    expect(shown).toMatchObject({ cursor: { x: 11, y: 2, isVisible: true }, isInMode: false });
    expect(shown.rows.slice(0, 2)).toEqual(['one', '']);
    expect(shown.rows[2]).toMatch(/^\u001b\[2mdim\u001b\[0m.* \u001b\[7minverse/);
    expect(shown.rows).toHaveLength(shown.height);
  });

  it('types keys without brackets, also into a program that asks for those', async () => {
    const { pane, file } = await tmux.startRecorder('keys', { modes: '\\033[?2004h' });

    await tmux.server.typeKeys(pane, '\u001b[B\r');
    await tmux.server.typeKeys(pane, '.');

    const bytes = await waitFor('the keys', () => {
      const read = readFileSync(file, 'utf8');
      return read.length >= 5 ? read : null;
    });
    expect(bytes).toBe('\u001b[B\r.');
  });

  it('refuses a pane that is gone', async () => {
    const { pane } = await show('true');
    const gone = { ...pane, paneId: '%99' };

    await expect(tmux.server.captureScreen(gone)).rejects.toThrow(NotFoundError);
    await expect(tmux.server.typeKeys(gone, '\r')).rejects.toThrow(NotFoundError);
  });
});
