import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { Vitals } from './vitals.js';

describe('records that can not be read', () => {
  const vitals = new Vitals();
  const room = `${vitals.home}/sessions/default`;
  const place = (name: string): string => `${room}/${name}.json`;
  const bad = ['cut', 'large', 'proto', 'climber', 'pipe', 'link', 'folder', 'empty', 'array', 'bad name'];

  beforeAll(async () => {
    await vitals.tmux.begin();
    for (const id of ['good', 'fine']) await vitals.spawn(id, 'exec sleep 60');
    const record = JSON.stringify(makeSession({ id: 'cut', projectId: 'default' }));
    writeFileSync(place('cut'), record.slice(0, 100));
    writeFileSync(place('large'), '');
    truncateSync(place('large'), 100 * 1024 * 1024);
    writeFileSync(
      place('proto'),
      record.replace('"cut"', '"proto"').replace('{', '{"__proto__":{"status":"done"},'),
    );
    writeFileSync(place('climber'), record.replace('"cut"', '"../../../climber"'));
    writeFileSync(place('empty'), '');
    writeFileSync(place('array'), '[]');
    writeFileSync(place('bad name'), record);
    execFileSync('mkfifo', [place('pipe')]);
    symlinkSync(place('good'), place('link'));
    mkdirSync(place('folder'));
  });
  afterAll(() => vitals.stop());

  it('are told once each, while the others are probed', async () => {
    const watch = await vitals.watch();
    for (const sessionId of ['good', 'fine'])
      await watch.until({ type: 'status_changed', to: 'working', sessionId });
    await vitals.spawn('later', 'exec sleep 60');
    await watch.until({ type: 'status_changed', to: 'working', sessionId: 'later' });

    const told = watch.events.flatMap((event) => (event.type === 'session_unreadable' ? [event] : []));
    expect(told.map(({ path }) => basename(path, '.json')).sort()).toEqual([...bad].sort());
    for (const { message } of told) expect(message).toMatch(/^[ -~]+$/);
    expect(watch.events.some(({ type }) => type === 'tick_error')).toBe(false);
    expect(watch.messages).toEqual([`watching ${vitals.home}: 2 sessions`]);

    // In one go: empty, as it would be in between, it is another content.
    writeFileSync(`${place('cut')}.new`, '{"still":"cut');
    renameSync(`${place('cut')}.new`, place('cut'));
    await vitals.spawn('latest', 'exec sleep 60');
    await watch.until({ type: 'spawned', sessionId: 'latest' });
    const again = watch.events.flatMap((event) => (event.type === 'session_unreadable' ? [event] : []));
    expect(again.slice(told.length).map(({ path }) => basename(path))).toEqual(['cut.json']);
  });

  it('are left alone, and listed on stderr alone', async () => {
    const { stdout, stderr, code } = await vitals.run(['list']);
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toEqual(expect.arrayContaining(['good', 'fine']));
    expect(stderr.trim().split('\n')).toHaveLength(bad.length);
    for (const name of bad) expect(stderr).toContain(`${place(name)}: `);
    expect(code).toBe(0);
  });

  it('are no session to kill, which says what is wrong with them', async () => {
    const { stderr, code } = await vitals.run(['kill', 'pipe']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `vitals: can't read the record of default/pipe: it is a named pipe, not a regular file; mend or remove ${place('pipe')}\n`,
    });
  });
});
