import type { ZodError } from 'zod';
import { describeIssue } from '../../src/session/describe-issue.js';

/** A runtime or an agent that comes from elsewhere answered something that is no answer. */
export class BadAnswerError extends Error {
  override name = 'BadAnswerError';

  constructor(asked: string, error: ZodError) {
    super(`${asked} gave no answer: ${describeIssue(error.issues[0], { whole: 'it is no object' })}`);
  }
}
