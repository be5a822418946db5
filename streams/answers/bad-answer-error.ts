import type { ZodError } from 'zod';
import { describeIssue } from '../../src/session/describe-issue.js';

/** A runtime or an agent that comes from elsewhere answered something that is no answer. */
export class BadAnswerError extends Error {
  override name = 'BadAnswerError';

  constructor(asked: string, what: string) {
    super(`${asked} gave no answer: ${what}`);
  }

  static of(asked: string, { issues }: ZodError): BadAnswerError {
    return new BadAnswerError(asked, describeIssue(issues[0], { whole: 'it is no object' }));
  }
}
