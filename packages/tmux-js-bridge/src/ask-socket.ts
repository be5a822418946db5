import { connect } from 'node:net';

import { TimedOutError } from './errors.js';
import { SocketDialogue, type SocketAnswer } from './socket-dialogue.js';
import { SocketFailure } from './socket-failure.js';

export interface SocketRequest {
  request: Buffer;
  /** How errors call it. */
  command: string;
  socketPath: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * Sends a request to a server over a connection of its own. Rejects with a `TimedOutError`, with the signal's reason, or
 * with a `SocketFailure`; whatever happens, the connection is closed.
 */
export function askSocket({
  request,
  command,
  socketPath,
  timeoutMs,
  signal,
}: SocketRequest): Promise<SocketAnswer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const dialogue = new SocketDialogue();
    const socket = connect({ path: socketPath });
    let isSent = false;

    const close = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.destroy();
    };
    const fail = (error: Error) => {
      close();
      reject(error);
    };
    const onAbort = () => fail(signal?.reason as Error);
    const timer = setTimeout(() => {
      fail(new TimedOutError(`no answer within ${timeoutMs} ms`, { command }));
    }, timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });

    socket.on('connect', () => {
      isSent = true;
      // In one piece, so that the server never sees half a client.
      socket.write(request);
    });
    socket.on('data', (piece) => {
      const { reply, end } = dialogue.read(piece);
      if (end?.type === 'answer') {
        close();
        resolve(end);
      } else if (end) {
        fail(new SocketFailure(end.problem, { type: 'surprise', command }));
      } else if (reply.length > 0) {
        socket.write(reply);
      }
    });
    socket.on('error', (cause) => {
      const type = isSent ? 'lost' : 'not_sent';
      fail(new SocketFailure('the connection failed', { type, command, cause }));
    });
    socket.on('close', () => {
      fail(new SocketFailure('the connection ended before the answer', { type: 'lost', command }));
    });
  });
}
