import * as z from 'zod';
import { ACTIVITIES } from './activity.js';
import { ID_PATTERN } from './session-key.js';
import { STATUSES } from './status.js';

const id = z.string().regex(ID_PATTERN);
const activity = z.enum(ACTIVITIES).nullable();
const status = z.enum(STATUSES);
const evidence = z
  .object({
    ...{ source: z.string(), detail: z.string(), observedAt: z.string() },
    error: z
      .string()
      .exactOptional()
      .describe("The error that ended the agent's last turn, in its own words."),
  })
  .describe('How it is known: the source asked, what it said, and when.');
const exit = z
  .object({ code: z.int().nullable(), signal: z.string().nullable() })
  .describe('How the program ended; null is what is not known.');

const about = { sessionId: id, projectId: id, evidence: evidence.exactOptional() };
const arrival = { ...about, status, activity, createdAt: z.iso.datetime() };
const server = { runtime: z.string(), server: z.string(), message: z.string() };

/** What happened, before it is numbered and dated: the source of the events' types and of their JSON Schema. */
export const eventBodySchema = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('session_restored'), ...arrival })
    .describe('A session that lived before the loop began, seen in its first pass.'),
  z.object({ type: z.literal('spawned'), ...arrival }).describe('A session that is new.'),
  z
    .object({
      ...{ type: z.literal('agent_exited'), ...about, agent: z.string(), exit },
      at: z.iso.datetime().describe('When its end was seen.'),
    })
    .describe('An agent ended in a shell, which goes on as the session.'),
  z
    .object({ type: z.literal('activity_changed'), ...about, prev: activity, next: activity })
    .describe('What its agent does is another thing now; null is not known.'),
  z
    .object({
      type: z.literal('status_changed'),
      ...about,
      from: status,
      to: status,
      by: z.enum(['lifecycle', 'external']).describe('The loop, or anyone else.'),
    })
    .describe('Its status is another one now.'),
  z
    .object({ type: z.literal('terminated'), ...about, reason: z.string(), exit })
    .describe('It ended: told once in its life, after its status_changed.'),
  z.object({ type: z.literal('session_removed'), ...about }).describe('Its record is gone.'),
  z
    .object({ type: z.literal('session_unreadable'), path: z.string(), message: z.string() })
    .describe("What lies in a record's place can't be read; told once for each content."),
  z
    .object({
      type: z.literal('tick_error'),
      stage: z
        .enum(['snapshot', 'probe', 'save', 'journal'])
        .describe(
          'What failed. One of stage journal is itself in no journal, and bears the last seq that is.',
        ),
      message: z.string(),
      sessionId: id.exactOptional(),
      projectId: id.exactOptional(),
      evidence: evidence.exactOptional(),
    })
    .describe('A part of the loop failed; told once until it changes or clears.'),
  z.object({ type: z.literal('runtime_unavailable'), ...server }).describe("A server can't be asked."),
  z.object({ type: z.literal('runtime_restored'), ...server }).describe('It answers again.'),
  z
    .object({ type: z.literal('lagged'), missed: z.int().min(1) })
    .describe('This reader lost that many events, the oldest; seq is the last one lost.'),
]);

/** What every event has: its number, the life of the loop that told it, and when. */
export const stampSchema = z.object({
  seq: z.int().min(0).describe('Rises by one with each event of a home, across restarts too.'),
  epoch: z.string().describe('One life of the loop.'),
  time: z.iso.datetime({ precision: 3 }),
});

/** What happened, before it is numbered and dated. */
export type EventBody = z.infer<typeof eventBodySchema>;

/**
 * An event as subscribers get it. `seq` rises by one with each event (a `lagged` bears the seq of the last event that
 * its subscriber lost), `epoch` names one life of the loop, `time` is ISO 8601 UTC with ms.
 */
export type LifecycleEvent = EventBody & z.infer<typeof stampSchema>;

/** An event as it stands on a line of output. */
export const eventSchema = z.union(
  eventBodySchema.options.map((body) =>
    z.object({ ...body.shape, ...stampSchema.shape }).describe(body.description ?? ''),
  ),
) as unknown as z.ZodType<LifecycleEvent>;
