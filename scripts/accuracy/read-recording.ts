import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../index.js';
import { readEvents, type RecordedEvent } from './read-events.js';
import { readLabels } from './read-labels.js';
import type { Recording } from './recording.js';
import { splitParts } from './split-parts.js';

/** Our names for the agents that the other monitor names otherwise. */
const AGENTS: Readonly<Record<string, string>> = {
  'claude-code': 'claude-code',
  claudecode: 'claude-code',
  codex: 'codex',
  'gemini-cli': 'gemini',
  opencode: 'opencode',
  aider: 'aider',
};

const HEAD_BYTES = 100_000;

/** The sessions of one recording that can be replayed; or why none can. */
export async function readRecording(
  dir: string,
  { name }: { name: string },
): Promise<{ recordings: Recording[]; notes: string[] }> {
  const { events, unreadable } = await readEvents(join(dir, 'events.jsonl'));
  const notes = unreadable > 0 ? [`${name}: ${unreadable} lines of events.jsonl can't be read`] : [];
  const skip = (why: string) => ({ recordings: [], notes: [...notes, `${name}: not replayed, ${why}`] });
  const file = await readTranscript(dir).catch((error: unknown) => messageOf(error));
  if (typeof file === 'string') return skip(`its transcript can't be read (${file})`);
  const { transcript } = file;
  const adapter = adapterOf(events, file);
  const agent = AGENTS[adapter];
  if (agent === undefined) return skip(`its agent ${JSON.stringify(adapter)} is not known here`);
  const recordings =
    agent === 'opencode' ? readParts(events, transcript) : readFileOf(events, { agent, transcript });
  if (recordings.length === 0) return skip('none of its labelled sessions has this transcript');
  return { recordings: recordings.map((recording) => ({ ...recording, name, agent })), notes };
}

type Session = Omit<Recording, 'name' | 'agent'>;

interface TranscriptFile {
  fileName: string;
  transcript: Buffer;
}

async function readTranscript(dir: string): Promise<TranscriptFile> {
  const names = (await readdir(dir)).filter((name) => /^transcript\.(jsonl|md)$/.test(name));
  const fileName = names[0] ?? 'transcript.jsonl';
  return { fileName, transcript: await readFile(join(dir, fileName)) };
}

/** Whose transcript it is: other agents may have been seen in the same folder. */
function adapterOf(events: readonly RecordedEvent[], { fileName, transcript }: TranscriptFile): string {
  if (fileName.endsWith('.md')) return 'aider';
  if (/"_role":/.test(transcript.toString('utf8', 0, HEAD_BYTES))) return 'opencode';
  const owner = events.find(
    ({ session_id: id, adapter }) => adapter !== undefined && isNamedIn(transcript, id),
  );
  return (owner ?? events.find(({ adapter }) => adapter !== undefined))?.adapter ?? '';
}

function isNamedIn(transcript: Buffer, id: string): boolean {
  const own = ID.exec(id)?.[0];
  return own !== undefined && transcript.toString('utf8', 0, HEAD_BYTES).includes(own);
}

/** An id ends in a UUID, or, with Gemini, in the first eight digits of one. */
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|(?<=-)[0-9a-f]{8}$/;

/** The session that wrote the transcript: the one whose id is in it; aider's has none. */
function readFileOf(
  events: readonly RecordedEvent[],
  { agent, transcript }: { agent: string; transcript: Buffer },
): Session[] {
  const ids = [
    ...new Set(
      events.filter((event) => event.transcript_path !== undefined).map((event) => event.session_id),
    ),
  ];
  const sessionId = ids.find((id) => (agent === 'aider' ? true : isNamedIn(transcript, id)));
  if (sessionId === undefined) return [];
  const growth = events.flatMap(({ session_id: id, ts, file_size: size }) =>
    id === sessionId && size !== undefined ? [{ atMs: ts, size: Math.min(size, transcript.length) }] : [],
  );
  return [describe(events, { sessionId, transcript, growth, fromMs: growth[0]?.atMs ?? 0 })];
}

/** The sessions of an export, each being the one that was heard of nearest to its beginning. */
function readParts(events: readonly RecordedEvent[], transcript: Buffer): Session[] {
  const heard = new Map<string, number>();
  for (const { session_id: id, ts } of events) {
    if (!id.startsWith('proc-') && !heard.has(id)) heard.set(id, ts);
  }
  return splitParts(transcript).flatMap((own) => {
    const distance = ([, ts]: [string, number]): number => Math.abs(ts - own.beganMs);
    const nearest = [...heard].toSorted((one, other) => distance(one) - distance(other))[0];
    if (!nearest) return [];
    const [sessionId] = nearest;
    heard.delete(sessionId);
    return describe(events, { sessionId, ...own, fromMs: own.beganMs });
  });
}

function describe(
  events: readonly RecordedEvent[],
  {
    sessionId,
    transcript,
    growth,
    fromMs,
  }: Pick<Session, 'sessionId' | 'transcript' | 'growth'> & { fromMs: number },
): Session {
  const own = events.filter((event) => event.session_id === sessionId);
  return {
    sessionId,
    transcript,
    growth,
    ...readLabels(events, sessionId),
    workspacePath: events.find((event) => event.cwd !== undefined)?.cwd ?? '/',
    beganMs: Math.min(own[0]?.ts ?? fromMs, fromMs),
    hooks: own.flatMap(({ ts, hook_name: hook }) => (hook === undefined ? [] : [{ atMs: ts, name: hook }])),
  };
}
