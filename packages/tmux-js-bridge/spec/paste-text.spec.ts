import { readFileSync } from 'node:fs';

import { InvalidArgumentError, NotFoundError, RefusedError } from '../src/index.js';
import { isRunning } from './fixtures/is-running.js';
import { PrivateTmux } from './fixtures/private-tmux.js';
import { transports } from './fixtures/transports.js';
import { waitFor } from './fixtures/wait-for.js';

describe.each(transports)('by %s', (transport) => {
  let tmux: PrivateTmux;
  beforeEach(() => {
    tmux = new PrivateTmux({ transport });
  });
  afterEach(() => tmux.stop());

  const readAll = (file: string, length: number) =>
    waitFor(`${length} bytes`, () => {
      const bytes = readFileSync(file);
      return bytes.length >= length ? bytes : null;
    });

  it('writes text byte for byte', async () => {
    const { pane, file } = await tmux.startRecorder('plain');
    const text = 'one\ntwo\r\n\tthree \u001b[31m\u0003 é 漢 🎉 trailing;';

    await tmux.server.pasteText(pane, text, { submit: false });
    await tmux.server.pasteText(pane, '|', { submit: false });

    expect((await readAll(file, Buffer.byteLength(text) + 1)).toString()).toBe(`${text}|`);
  });

  it('presses Enter after the text when asked to', async () => {
    const { pane, file } = await tmux.startRecorder('submitted');

    await tmux.server.pasteText(pane, 'a\nb', { submit: true });
    await tmux.server.pasteText(pane, '', { submit: true });
    await tmux.server.pasteText(pane, '', { submit: false });
    await tmux.server.pasteText(pane, '.', { submit: false });

    expect((await readAll(file, 6)).toString()).toBe('a\nb\r\r.');
  });

  it('brackets the text, and not Enter, for a program that asks for it', async () => {
    const { pane, file } = await tmux.startRecorder('bracketed', { modes: '\\033[?2004h' });

    await tmux.server.pasteText(pane, 'a\nb', { submit: true });

    expect((await readAll(file, 16)).toString()).toBe('\u001b[200~a\nb\u001b[201~\r');
  });

  it('writes a line longer than a terminal line, and a megabyte', async () => {
    const { pane, file } = await tmux.startRecorder('long');
    const lines = Array.from({ length: 16 }, (_, index) => String.fromCharCode(65 + index).repeat(65_535));
    const text = `${lines.join('\n')}\n`;
    expect(text).toHaveLength(1_048_576);

    await tmux.server.pasteText(pane, text, { submit: true });

    expect((await readAll(file, text.length + 1)).equals(Buffer.from(`${text}\r`))).toBe(true);
  });

  it('reaches the program while somebody scrolls', async () => {
    const { pane, file } = await tmux.startRecorder('scrolled');
    await tmux.run('copy-mode', '-t', pane.paneId);

    await tmux.server.pasteText(pane, 'text', { submit: true });

    expect((await readAll(file, 5)).toString()).toBe('text\r');
    expect(await tmux.run('display-message', '-p', '-t', pane.paneId, '#{pane_in_mode}')).toBe('1\n');
  });

  it('keeps pastes that come at once apart', async () => {
    const { pane, file } = await tmux.startRecorder('busy');
    const texts = Array.from({ length: 10 }, (_, index) => String(index).repeat(5000));

    await Promise.all(texts.map((text) => tmux.server.pasteText(pane, text, { submit: true })));

    const written = (await readAll(file, 50_010)).toString();
    expect(written.split('\r').filter(Boolean).sort()).toEqual(texts);
  });

  it('refuses a dead or an empty pane, and the server survives', async () => {
    const kept = await tmux.start('kept');
    await tmux.run('set-option', '-g', 'remain-on-exit', 'on');
    const dead = await tmux.start('dead', ['sh', '-c', 'exit 3']);
    await waitFor('its death', async () => (await tmux.findPane(dead))?.isDead);
    const empty = await tmux.run('split-window', '-t', kept.paneId, '-P', '-F', '#{pane_id}', '');

    for (const paneId of [dead.paneId, empty.trim()]) {
      const pasting = tmux.server.pasteText({ server: kept.server, paneId }, 'text', { submit: true });
      await expect(pasting).rejects.toThrow(/no program holds its terminal/);
      await expect(pasting).rejects.toThrow(RefusedError);
    }
    expect(isRunning(kept.server.pid)).toBe(true);
  });

  it('refuses a pane whose input is switched off', async () => {
    const pane = await tmux.start('deaf');
    await tmux.run('select-pane', '-d', '-t', pane.paneId);

    const pasting = tmux.server.pasteText(pane, 'text', { submit: true });
    await expect(pasting).rejects.toThrow(/switched off/);
    await expect(pasting).rejects.toThrow(RefusedError);
  });

  it('leaves no buffer behind, and touches nobody else’s', async () => {
    const { pane } = await tmux.startRecorder('tidy');
    await tmux.run('set-buffer', '-b', 'mine', 'kept');
    await tmux.server.pasteText(pane, 'text', { submit: true });
    await tmux.server.pasteText(pane, 'text', { submit: false });
    const missing = { ...pane, paneId: '%99' };
    await expect(tmux.server.pasteText(missing, 'text', { submit: true })).rejects.toThrow(NotFoundError);
    const other = { ...pane, server: { ...pane.server, pid: 1 } };
    await expect(tmux.server.pasteText(other, 'text', { submit: true })).rejects.toThrow();
    await tmux.run('select-pane', '-d', '-t', pane.paneId);
    await expect(tmux.server.pasteText(pane, 'text', { submit: true })).rejects.toThrow(RefusedError);

    expect(await tmux.run('list-buffers', '-F', '#{buffer_name}')).toBe('mine\n');
  });

  it.each(['a\0b', '\ud83d', 'x\udc00'])('refuses %j, which it could not deliver', async (text) => {
    const pane = await tmux.start('strict');

    await expect(tmux.server.pasteText(pane, text, { submit: false })).rejects.toThrow(InvalidArgumentError);
  });
});
