import type { Session } from '../../session/session.js';
import { opencodeSession, opencodeUrl } from './opencode-command.js';
import { OpencodeServer, OpencodeServerError, type OpencodeSession } from './opencode-server.js';
import { answered, failed, silent } from '../source/reading-of.js';
import { restActivity } from '../source/rest-activity.js';
import type { SourceReading } from '../source/source-reading.js';

/** What opencode's own server says; it is asked only where the command told it a port. `now` is epoch milliseconds. */
export async function readOpencodeServer(
  session: Session,
  { signal, now }: { signal: AbortSignal; now: number },
): Promise<SourceReading> {
  const url = opencodeUrl(session.command);
  if (!url) return silent('server', { detail: 'it was not started with a --port', atMs: now });
  const server = new OpencodeServer({ url, signal });
  try {
    const sessions = await server.sessions();
    const own = choose(sessions, session);
    if (own.type === 'none') return silent('server', { detail: own.detail, atMs: now });
    const { id } = own.session;
    const family = new Set([id, ...childrenOf(id, sessions)]);
    const asking = [...(await server.askingPermission()), ...(await server.askingQuestion())];
    if (asking.some((other) => family.has(other))) {
      return answered('server', 'waiting_input', { detail: `${id} asks the person`, atMs: now });
    }
    const statuses = await server.statuses();
    const busy = [...family]
      .map((member) => statuses[member]?.type)
      .find((type) => type !== undefined && type !== 'idle');
    if (busy !== undefined) return answered('server', 'active', { detail: `${id} is ${busy}`, atMs: now });
    return await readRest(server, own.session, now);
  } catch (error) {
    if (!(error instanceof OpencodeServerError)) throw error;
    return failed('server', error, now);
  }
}

async function readRest(
  server: OpencodeServer,
  { id, time }: OpencodeSession,
  now: number,
): Promise<SourceReading> {
  const said = { detail: `${id} is idle`, atMs: time.updated };
  const verdict = await server.judge(id);
  // The server knows that the turn is over; the messages, how it ended.
  return verdict?.activity === 'waiting_input'
    ? answered('server', 'waiting_input', { ...said, detail: `${id}: ${verdict.detail}` })
    : answered('server', restActivity(now - time.updated), said);
}

type Choice = { type: 'one'; session: OpencodeSession } | { type: 'none'; detail: string };

function choose(sessions: readonly OpencodeSession[], session: Session): Choice {
  const id = session.agentSession ?? opencodeSession(session.command);
  const beganMs = Date.parse(session.createdAt);
  const own = sessions.filter((candidate) =>
    id === null
      ? candidate.parentID === undefined &&
        candidate.directory === session.workspacePath &&
        candidate.time.updated >= beganMs
      : candidate.id === id,
  );
  const [only, ...others] = own;
  if (!only) return { type: 'none', detail: `it has no session ${id ?? 'of this directory'} yet` };
  if (others.length > 0) return { type: 'none', detail: `${own.length} of its sessions could be this one` };
  return { type: 'one', session: only };
}

function childrenOf(id: string, sessions: readonly OpencodeSession[]): string[] {
  const children = sessions.filter(({ parentID }) => parentID === id).map((child) => child.id);
  return children.flatMap((child) => [child, ...childrenOf(child, sessions)]);
}
