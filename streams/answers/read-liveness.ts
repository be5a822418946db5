import * as z from 'zod';
import type { RuntimeView } from '../../src/runtime/runtime.js';
import { evidenceSchema } from '../../src/session/evidence.js';
import type { Handle } from '../../src/session/handle.js';
import type { Liveness } from '../../src/session/liveness.js';
import { BadAnswerError } from './bad-answer-error.js';

const livenessSchema = z.object({
  state: z.enum(['alive', 'dead', 'unknown']),
  evidence: evidenceSchema,
  exit: z
    .object({ code: z.number().nullable().default(null), signal: z.string().nullable().default(null) })
    .optional(),
});

/** What a look says of a program, if it says something that can be believed. @throws {BadAnswerError} */
export function readLiveness(view: RuntimeView, handle: Handle): Liveness {
  const { data, error } = livenessSchema.safeParse(view.liveness(handle));
  if (error) throw BadAnswerError.of("the runtime's liveness()", error);
  const { state, evidence, exit } = data;
  return { state, evidence, ...(exit && { exit }) };
}
