import * as z from 'zod';
import { messageOf } from '../../session/message-of.js';
import { judgeParts, partSchema, takePart, type OpencodeState } from './opencode-parts.js';
import type { TranscriptVerdict } from '../transcript/transcript-verdict.js';

/** How long a question to the server may take: milliseconds. It is on this machine. */
const TIMEOUT_MS = 1_000;

const statusesSchema = z.record(z.string(), z.object({ type: z.string() }));
const sessionsSchema = z.array(
  z.object({
    id: z.string(),
    parentID: z.string().optional(),
    directory: z.string(),
    time: z.object({ updated: z.number() }),
  }),
);
const waitsSchema = z.array(z.object({ sessionID: z.string() }));
const messagesSchema = z.array(
  z.object({ info: z.object({ role: z.string() }), parts: z.array(partSchema) }),
);

export type OpencodeSession = z.infer<typeof sessionsSchema>[number];

/** The server of opencode did not answer, or not as it should. */
export class OpencodeServerError extends Error {
  override readonly name = 'OpencodeServerError';
}

/** Asks an opencode server on this machine. The routes are those of opencode 1.x; all reject with `OpencodeServerError`. */
export class OpencodeServer {
  readonly #url: URL;
  readonly #signal: AbortSignal;

  constructor({ url, signal }: { url: URL; signal: AbortSignal }) {
    this.#url = url;
    this.#signal = signal;
  }

  /** What its sessions are doing, by id: `busy`, `retry` and so on. Those at rest are left out. */
  statuses(): Promise<Record<string, { type: string }>> {
    return this.#get('/session/status', statusesSchema);
  }

  sessions(): Promise<OpencodeSession[]> {
    return this.#get('/session', sessionsSchema);
  }

  /** The sessions that wait for leave to use a tool. */
  async askingPermission(): Promise<string[]> {
    return (await this.#get('/permission', waitsSchema)).map(({ sessionID }) => sessionID);
  }

  /** The sessions that have put a question to the person. */
  async askingQuestion(): Promise<string[]> {
    return (await this.#get('/question', waitsSchema)).map(({ sessionID }) => sessionID);
  }

  /** What a session's last messages say. */
  async judge(id: string): Promise<TranscriptVerdict | null> {
    const messages = await this.#get(`/session/${encodeURIComponent(id)}/message?limit=2`, messagesSchema);
    const parts = messages.flatMap(({ info, parts: own }) =>
      own.map((part) => ({ ...part, _role: info.role })),
    );
    return judgeParts(parts.reduce<OpencodeState>(takePart, { last: null, said: '' }));
  }

  async #get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>> {
    try {
      const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(new URL(path, this.#url), { signal, redirect: 'error' });
      if (!response.ok) throw new OpencodeServerError(`it answered ${response.status} to ${path}`);
      return schema.parse(await response.json());
    } catch (error) {
      if (error instanceof OpencodeServerError) throw error;
      throw new OpencodeServerError(`its server at ${this.#url.origin} can't be asked: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }
}
