import * as z from 'zod';
import { knowProcess, type KnownProcess } from '../process/check-process.js';
import type { Handle } from '../session/handle.js';
import { InvalidHandleError } from './runtime-error.js';

const schema = z.looseObject({
  type: z.literal('tmux'),
  socket: z.string(),
  host: z.string(),
  bootId: z.string(),
  pidNamespace: z.string().nullable(),
  serverPid: z.int().positive(),
  /** As tmux says it: `#{start_time}`, epoch seconds. */
  serverStart: z.int(),
  serverProcStart: z.string().nullable(),
  sessionId: z.string().regex(/^\$\d+$/),
  paneId: z.string().regex(/^%\d+$/),
  panePid: z.int().positive(),
  paneProcStart: z.string().nullable(),
  /** Null where the program was not started by a launcher. */
  exitFile: z.string().nullable(),
});

/** A pane of one life of one tmux server, and the process in it. */
export type TmuxHandle = z.infer<typeof schema>;

const parsed = new WeakMap<Handle, TmuxHandle>();

/** @throws {InvalidHandleError} if the handle is of another kind. */
export function parseTmuxHandle(handle: Handle): TmuxHandle {
  const known = parsed.get(handle);
  if (known) return known;
  const { success, data, error } = schema.safeParse(handle);
  if (!success) throw new InvalidHandleError('tmux', error);
  parsed.set(handle, data);
  return data;
}

/** The process that the pane was made for. */
export const paneProcess = ({
  panePid: pid,
  paneProcStart: startTime,
  host,
  bootId,
  pidNamespace,
}: TmuxHandle): KnownProcess => ({ pid, startTime, host, bootId, pidNamespace });

/** The process of the tmux server. */
export const serverProcess = ({
  serverPid: pid,
  serverProcStart: startTime,
  host,
  bootId,
  pidNamespace,
}: TmuxHandle): KnownProcess => ({ pid, startTime, host, bootId, pidNamespace });

/** A pane as its server shows it, and where its launcher, if it has one, notes the exit. */
export interface RunningPane {
  server: { socketPath: string; pid: number; startTime: number };
  sessionId: string;
  paneId: string;
  panePid: number;
  exitFile: string | null;
}

/** The handle of a pane that runs now. */
export function tmuxHandle({ server, sessionId, paneId, panePid, exitFile }: RunningPane): TmuxHandle {
  const { startTime: paneProcStart, ...machine } = knowProcess(panePid);
  return {
    type: 'tmux',
    socket: server.socketPath,
    host: machine.host,
    bootId: machine.bootId,
    pidNamespace: machine.pidNamespace,
    serverPid: server.pid,
    serverStart: server.startTime,
    serverProcStart: knowProcess(server.pid).startTime,
    sessionId,
    paneId,
    panePid,
    paneProcStart,
    exitFile,
  };
}
