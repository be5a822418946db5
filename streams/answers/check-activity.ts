import * as z from 'zod';
import type { ActivityReading } from '../../src/agent/source/activity-reading.js';
import { ACTIVITIES } from '../../src/session/activity.js';
import { evidenceSchema } from '../../src/session/evidence.js';
import { BadAnswerError } from './bad-answer-error.js';

const answerSchema = z.looseObject({
  activity: z.enum(ACTIVITIES).nullable(),
  evidence: evidenceSchema,
  found: z.looseObject({ agent: z.string() }).optional(),
});

/** An agent's answer, if it is one. @throws {BadAnswerError} */
export function checkActivity(answer: ActivityReading): ActivityReading {
  const { error } = answerSchema.safeParse(answer);
  if (error) throw BadAnswerError.of("the agent's detectActivity()", error);
  return answer;
}
