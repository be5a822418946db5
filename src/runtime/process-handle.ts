import * as z from 'zod';
import type { Handle } from '../session/handle.js';
import { InvalidHandleError } from './runtime-error.js';

const schema = z.looseObject({
  type: z.literal('process'),
  pid: z.int().positive(),
  procStart: z.string().nullable(),
  host: z.string(),
  bootId: z.string(),
  pidNamespace: z.string().nullable(),
  exitFile: z.string(),
  outputFile: z.string(),
});

/** A plain process: the launcher, its process group and the files that it writes. */
export type ProcessHandle = z.infer<typeof schema>;

const parsed = new WeakMap<Handle, ProcessHandle>();

/** @throws {InvalidHandleError} if the handle is of another kind. */
export function parseProcessHandle(handle: Handle): ProcessHandle {
  const known = parsed.get(handle);
  if (known) return known;
  const { success, data, error } = schema.safeParse(handle);
  if (!success) throw new InvalidHandleError('process', error);
  parsed.set(handle, data);
  return data;
}
