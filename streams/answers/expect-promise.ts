import { BadAnswerError } from './bad-answer-error.js';

/** What was answered to a question that takes its time, if it is a promise. @throws {BadAnswerError} */
export function expectPromise<T>(answer: Promise<T>, asked: string): Promise<T> {
  const given: unknown = answer;
  if (given instanceof Object && 'then' in given) return answer;
  throw new BadAnswerError(asked, 'it is no promise');
}
