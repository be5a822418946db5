import { appendFile, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookNote } from '../../src/agent/hook-note.js';
import { followHook } from '../../src/hook/follow-hook.js';
import { parseHookInput } from '../../src/hook/hook-input.js';
import { HOOK_TABLES } from '../../src/hook/hook-tables.js';
import type { StoredHookNote } from '../../src/hook/stored-hook-note.js';
import type { RuntimeView } from '../../src/runtime/runtime.js';
import type { Activity } from '../../src/session/activity.js';
import type { Label, Recording } from './recording.js';
import { setStage, type Stage } from './stage.js';

export const STEP_MS = 1_000;

/** What was labelled and what was read at one moment (epoch milliseconds). */
export interface Moment {
  atMs: number;
  label: Label;
  isFirstLabel: boolean;
  activity: Activity | null;
  detail: string;
}

/** Plays a recording second by second: at each, its agent sees what was on disk by then, and nothing else. */
export async function replay(recording: Recording): Promise<Moment[]> {
  const home = await mkdtemp(join(tmpdir(), 'vitals-accuracy-'));
  try {
    let now = recording.beganMs;
    let note: HookNote | null = null;
    const stage = await setStage(recording, {
      home,
      clock: { now: () => now },
      hooks: { latest: () => Promise.resolve(note) },
    });
    const moments: Moment[] = [];
    let written = 0;
    let hooksHeard = 0;
    const endMs = recording.labels.at(-1)?.toMs ?? now;
    for (; now < endMs; now += STEP_MS) {
      written = await writeUntil(now, { recording, stage, written });
      for (; (recording.hooks[hooksHeard]?.atMs ?? Infinity) <= now; hooksHeard += 1) {
        note = hear(recording, note as StoredHookNote | null, hooksHeard);
      }
      const span = recording.labels.find(({ fromMs, toMs }) => fromMs <= now && now < toMs);
      if (!span) continue;
      moments.push({ atMs: now, label: span.label, isFirstLabel: span.isFirst, ...(await look(stage)) });
    }
    return moments;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function writeUntil(
  now: number,
  { recording, stage, written }: { recording: Recording; stage: Stage; written: number },
): Promise<number> {
  const grown = recording.growth.filter(({ atMs, size }) => atMs <= now && size > written);
  const last = grown.at(-1);
  if (!last) return written;
  await appendFile(stage.transcriptPath, recording.transcript.subarray(written, last.size));
  await utimes(stage.transcriptPath, last.atMs / 1_000, last.atMs / 1_000);
  return last.size;
}

function hear(
  { agent, hooks, sessionId }: Recording,
  before: StoredHookNote | null,
  index: number,
): StoredHookNote | null {
  const { atMs = 0, name = '' } = hooks[index] ?? {};
  const input = parseHookInput(JSON.stringify({ hook_event_name: name, session_id: sessionId }));
  if (!input) return before;
  const call = {
    agent,
    input,
    startedAt: atMs,
    process: null,
  };
  const step = followHook(before, call, HOOK_TABLES[agent] ?? {});
  if (step.type === 'write') return step.note;
  return step.type === 'touch' && before ? { ...before, at: new Date(atMs).toISOString() } : before;
}

/** A recording shows no screen. */
const VIEW: RuntimeView = {
  liveness: () => ({ state: 'alive', evidence: { source: 'recording', detail: 'it ran', observedAt: '' } }),
};

async function look({ agent, session }: Stage): Promise<Pick<Moment, 'activity' | 'detail'>> {
  const { activity, evidence } = await agent.detectActivity(session, VIEW, {
    signal: AbortSignal.timeout(60_000),
  });
  return { activity, detail: `${evidence.source}: ${evidence.detail}` };
}
