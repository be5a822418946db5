import { readdirSync, writeFileSync } from 'node:fs';
import { deferred } from '../../fixtures/fakes/deferred.js';
import { TemporaryDirectory } from '../../fixtures/processes/temporary-directory.js';
import { waitFor } from '../../fixtures/processes/wait-for.js';
import { askForPass } from '../../src/lease/ask-for-pass.js';
import type { Lease } from '../../src/lease/lease.js';
import { requestDirectory } from '../../src/lease/lease-layout.js';
import { PassDesk } from '../../src/lease/pass-desk.js';
import { listRequests, requestPath, type PassAnswer } from '../../src/lease/pass-request.js';
import { takeLease } from '../../src/lease/take-lease.js';
import { formatHolder, newHolder, type LockHolder } from '../../src/store/lock-holder.js';
import { makeDirectory } from '../../src/store/make-directory.js';

const root = new TemporaryDirectory();
const { signal } = new AbortController();
let home: string;
let lease: Lease;
let holder: LockHolder;
beforeEach(async () => {
  home = root.fresh('home');
  const taking = await takeLease(home);
  if (taking.type === 'taken') lease = taking.lease;
  const held = await takeLease(home);
  if (held.type === 'held') holder = held.holder;
});
afterEach(() => lease.release());
afterAll(() => root.remove());

const answerOf = (seq: number): PassAnswer => ({
  report: { sessions: seq, unreadable: 0, error: null },
  at: { epoch: 'life', seq },
});

const onFailure = (error: unknown): void => {
  throw error;
};

const waiting = (): string[] => listRequests(home).asked;

describe('a pass that is asked for', () => {
  it('is made by the holder, and its answer comes when it has ended', async () => {
    const pass = deferred<PassAnswer>();
    const desk = await PassDesk.open({ home, onFailure, onAsked: () => pass.promise });
    const asking = askForPass(home, holder, { signal });
    pass.resolve(answerOf(7));
    expect(await asking).toEqual(answerOf(7));
    await desk.close();
    expect(readdirSync(requestDirectory(home))).toEqual([]);
  });

  it('is one for all who asked before it began, and another for who asks during it', async () => {
    const passes: PassAnswer[] = [];
    const gate = deferred<undefined>();
    const asking = [askForPass(home, holder, { signal }), askForPass(home, holder, { signal })];
    await waitFor('both requests', () => waiting().length === 2);
    const desk = await PassDesk.open({
      home,
      onFailure,
      onAsked: async () => {
        passes.push(answerOf(passes.length + 1));
        if (passes.length === 1) await gate.promise;
        return passes.at(-1)!;
      },
    });
    await waitFor('the pass', () => passes.length === 1);
    const late = askForPass(home, holder, { signal });
    await waitFor('the late request', () => waiting().length === 3);
    gate.resolve(undefined);
    expect((await Promise.all([...asking, late])).map((answer) => answer?.at.seq)).toEqual([1, 1, 2]);
    await desk.close();
  });

  it('is not answered by who gives the lease back', async () => {
    const desk = await PassDesk.open({ home, onFailure, onAsked: () => Promise.resolve(null) });
    const asking = askForPass(home, holder, { signal });
    await desk.close();
    await lease.release();
    expect(await asking).toBeNull();
  });

  it('is given up when the signal comes', async () => {
    const abort = new AbortController();
    const asking = askForPass(home, holder, { signal: abort.signal });
    await waitFor('the request', () => waiting().length === 1);
    abort.abort();
    expect([await asking, readdirSync(requestDirectory(home))]).toEqual([null, []]);
  });

  it('is forgotten if who asked was killed', async () => {
    await makeDirectory(requestDirectory(home));
    const asker = { ...newHolder(), startTime: '1' };
    writeFileSync(requestPath(home, 'of-a-killed-process'), formatHolder(asker));
    let passes = 0;
    const desk = await PassDesk.open({
      home,
      onFailure,
      onAsked: () => {
        passes += 1;
        return Promise.resolve(answerOf(passes));
      },
    });
    await waitFor('it to go', () => waiting().length === 0);
    await desk.close();
    expect([passes, readdirSync(requestDirectory(home))]).toEqual([0, []]);
  });
});
