import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Session } from '../../src/session/session.js';
import { SessionManager } from '../../src/store/session-manager.js';
import { canTrace } from './can-trace.js';
import { useCompiledSource } from './compiled-source.js';
import * as steps from '../../fixtures/store/store-model.js';
import type { Model, ModelRecord, Real } from '../../fixtures/store/store-model.js';

const source = useCompiledSource();
const handles = fc.constantFrom(0, 1);
const ids = fc.constantFrom('a', 'b', 'c');
const edits = fc.constantFrom<'in place' | 'renamed over' | 'dated back'>(
  'in place',
  'renamed over',
  'dated back',
);

const quickSteps = [
  fc.tuple(handles, ids).map(([handle, id]) => steps.create(handle, id)),
  fc.tuple(handles, ids).map(([handle, id]) => steps.save(handle, id)),
  fc.tuple(handles, ids).map(([handle, id]) => steps.save(handle, id)),
  fc.tuple(handles, ids).map(([handle, id]) => steps.get(handle, id)),
  fc.tuple(handles, ids).map(([handle, id]) => steps.remove(handle, id)),
  fc.tuple(handles, ids).map(([handle, id]) => steps.archive(handle, id)),
  handles.map(steps.list),
  handles.map(steps.list),
  handles.map(steps.dropCache),
  fc.tuple(ids, edits).map(([id, how]) => steps.edit(id, how)),
];
const crashes = fc.integer({ min: 1, max: 14 }).map(steps.crash);

const crashed = { unheard: 0, acknowledged: 0 };

/** Runs the steps on a new home and on the model of one; what is left at the end must be what the model has. */
async function play(commands: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'vitals-model-'));
  let count = 0;
  const real: Real = {
    handles: [new SessionManager({ home }), new SessionManager({ home })],
    read: [new Map<string, Session>(), new Map<string, Session>()],
    source: source.path,
    // All of one length: a file's size tells nothing.
    nextTask: () => `task ${String((count += 1)).padStart(6, '0')}`,
    onCrash: (isAcknowledged) => (crashed[isAcknowledged ? 'acknowledged' : 'unheard'] += 1),
  };
  const model: Model = {
    records: new Map(),
    read: [new Map<string, ModelRecord>(), new Map<string, ModelRecord>()],
  };
  try {
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await expectTidy(model, real);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** After one more save of each, nothing is there but the records. */
async function expectTidy(model: Model, { handles: [first, second], nextTask }: Real): Promise<void> {
  for (const id of model.records.keys()) {
    const session = await first!.get(`shop/${id}`);
    await second!.save({ ...session!, task: nextTask() });
  }
  const found = async (directory: string): Promise<string[]> =>
    (await readdir(join(first!.home, directory), { recursive: true }))
      .filter((name) => name !== 'shop')
      .sort();
  if (model.records.size === 0) return;
  expect(await found('sessions')).toEqual([...model.records.keys()].map((id) => `shop/${id}.json`).sort());
  expect(await found('locks')).toEqual([]);
}

describe('the store, by its model', () => {
  it('does what two handles, editors and a dropped cache ask of it', async () => {
    await fc.assert(fc.asyncProperty(fc.commands(quickSteps, { maxCommands: 40, size: 'max' }), play), {
      numRuns: 60,
      interruptAfterTimeLimit: 30_000,
    });
  }, 60_000);

  const itTraced = canTrace() ? it : it.skip;

  itTraced(
    'and whoever dies while all that goes on',
    async () => {
      const some = fc.commands(quickSteps, { maxCommands: 10, size: 'max' });
      await fc.assert(
        fc.asyncProperty(some, crashes, some, crashes, some, async (before, first, between, second, after) =>
          // There is something to crash on.
          play([steps.create(0, 'a'), ...before, first, ...between, second, ...after]),
        ),
        { numRuns: 12, interruptAfterTimeLimit: 40_000 },
      );
      process.stderr.write(`crashes while saving: ${JSON.stringify(crashed)}\n`);
      expect(crashed.unheard).toBeGreaterThan(5);
    },
    120_000,
  );

  itTraced(
    'and who dies between any two system calls of a save',
    async () => {
      let atCall = 0;
      for (const before = crashed.acknowledged; crashed.acknowledged === before;) {
        atCall += 1;
        await play([
          steps.create(0, 'a'),
          steps.get(1, 'a'),
          steps.crash(atCall),
          steps.list(1),
          steps.save(1, 'a'),
        ]);
      }
      // A save is one lock, one file, two syncs and a new name at least.
      expect(atCall).toBeGreaterThan(8);
    },
    120_000,
  );
});
