import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeSession } from '../../fixtures/sessions.js';
import { SessionUnreadableError } from '../../src/store/errors.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { upgradeRecord } from '../../src/store/upgrade-record.js';
import { useTemporaryHome } from './temporary-home.js';

const home = useTemporaryHome();
const KEY = 'shop/api-3';

async function plant(record: unknown): Promise<{ sessions: SessionManager; text: () => Promise<string> }> {
  const sessions = new SessionManager({ home: home.path });
  const path = sessions.layout.sessionFile(KEY);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(record));
  return { sessions, text: () => readFile(path, 'utf8') };
}

describe('a record of an older format', () => {
  const { format, ...oldest } = makeSession({ theirs: { deep: [1, null] } });

  it('is read, and stays as it is on disk until it is saved', async () => {
    const { sessions, text } = await plant(oldest);
    expect(await sessions.get(KEY)).toMatchObject({ ...oldest, format });
    expect((await sessions.list()).sessions).toEqual([await sessions.get(KEY)]);
    expect(await text()).toBe(JSON.stringify(oldest));
  });

  it('is rewritten on its next save, with the fields that only others know', async () => {
    const { sessions, text } = await plant(oldest);
    await sessions.save({ ...(await sessions.get(KEY))!, status: 'idle' });
    expect(JSON.parse(await text())).toMatchObject({
      ...{ format: 1, rev: 2, status: 'idle' },
      theirs: { deep: [1, null] },
    });
  });

  it('is not overwritten if it was edited since it was read', async () => {
    const { sessions, text } = await plant(oldest);
    const session = (await sessions.get(KEY))!;
    await plant({ ...oldest, task: 'edited' });
    await expect(sessions.save(session)).rejects.toThrow('it was edited since it was read');
    expect(JSON.parse(await text())).toMatchObject({ task: 'edited' });
  });
});

describe('a record of a format to come', () => {
  const record = { ...makeSession(), format: 2, status: 'of a new kind', theirs: 1 };

  it('is reported with what to do, and left alone', async () => {
    const { sessions, text } = await plant(record);
    const { unreadable } = await sessions.list();
    expect(unreadable).toMatchObject([
      { message: expect.stringMatching(/^it is of format 2, .* up to 1: update session-vitals/) as string },
    ]);
    await expect(sessions.save(makeSession({ rev: 0 }))).rejects.toThrow(SessionUnreadableError);
    await expect(sessions.save(makeSession())).rejects.toThrow(SessionUnreadableError);
    expect(await text()).toBe(JSON.stringify(record));
  });
});

describe('the chain of formats', () => {
  const upgrades = new Map([
    [0, (fields: object) => ({ ...fields, format: 1 })],
    [1, ({ colour, ...fields }: { colour?: unknown }) => ({ ...fields, hue: colour, format: 2 })],
  ]);

  it('takes a record from any format to this one, step by step', () => {
    const upgraded = { type: 'record', value: { id: 'a', hue: 'red', format: 2 } };
    for (const old of [{ id: 'a', colour: 'red' }, { id: 'a', colour: 'red', format: 1 }, upgraded.value]) {
      expect(upgradeRecord(old, { upgrades, format: 2 })).toEqual(upgraded);
    }
    expect(upgradeRecord({ format: 3 }, { upgrades, format: 2 })).toMatchObject({ type: 'refused' });
  });

  it.each([null, 7, 'text', [1], { format: '1' }, { format: -1 }, { format: 0.5 }])(
    'leaves it to the schema to refuse %j',
    (value) => {
      expect(upgradeRecord(value)).toEqual({ type: 'record', value });
    },
  );
});
