import * as z from 'zod';
import type { RuntimeView } from '../../src/runtime/runtime.js';
import { BadAnswerError } from './bad-answer-error.js';

const isFunction = (value: unknown): boolean => typeof value === 'function';

const viewSchema = z.looseObject({
  liveness: z.custom(isFunction, 'it must be a function'),
  outage: z.looseObject({ message: z.string() }).optional(),
});

/** A runtime's look, if it is one. @throws {BadAnswerError} */
export function checkView(answer: unknown): RuntimeView {
  const parts = isObject(answer) ? { liveness: answer['liveness'], outage: answer['outage'] } : answer;
  const { error } = viewSchema.safeParse(parts);
  if (error) throw BadAnswerError.of("the runtime's observe()", error);
  return answer as RuntimeView;
}

/** A view may be of a class, whose methods and getters are not its own. */
const isObject = (value: unknown): value is Record<string, unknown> => value instanceof Object;
