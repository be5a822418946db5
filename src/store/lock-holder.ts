import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { knowProcess, type KnownProcess } from '../process/check-process.js';

/** Who holds a lock. `token` names this one holding, and never comes again. */
export interface LockHolder extends KnownProcess {
  token: string;
}

const holderSchema = z.object({
  token: z.string().regex(/^[0-9a-f]{24}$/),
  pid: z.int().positive(),
  startTime: z.string().nullable(),
  host: z.string(),
  bootId: z.string(),
  pidNamespace: z.string().nullable(),
});

let thisProcess: KnownProcess | null = null;

/** This process as the holder of a lock that it is about to take. */
export function newHolder(): LockHolder {
  thisProcess ??= knowProcess(process.pid);
  return { token: randomBytes(12).toString('hex'), ...thisProcess };
}

/** A holder in one line of text. */
export const formatHolder = (holder: LockHolder): string => JSON.stringify(holderSchema.parse(holder));

/** Reads what `formatHolder` made; null if it is something else. */
export function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
