import * as z from 'zod';
import { ACTIVITIES, type Activity } from './activity.js';
import { evidenceSchema, type Evidence } from './evidence.js';
import { sessionExitSchema } from './exit-schema.js';
import type { SessionExit } from './exit.js';
import { handleSchema, type Handle } from './handle.js';
import { idleClockSchema } from './idle-clock-schema.js';
import type { IdleClock } from './idle-clock.js';
import { ID_PATTERN } from './session-key.js';
import { STATUSES, type Status } from './status.js';

/** The version of the record's shape that this program writes. */
export const SESSION_FORMAT = 1;

/** One process for all time: its pid alone is used again, in this boot or another. */
export interface AgentProcess {
  pid: number;
  startTime: string | null;
  host: string;
  bootId: string;
  pidNamespace: string | null;
  /** The agent that the session is read by without it, where it only came into a plain shell. */
  guestOf?: string | undefined;
}

/** An agent that ended in a shell, which goes on as the session; `at` is when that was seen, ISO 8601 UTC. */
export interface LeftAgent {
  agent: string;
  at: string;
}

/** A session's record: what is on disk, and all there is to know of it. Times are ISO 8601 UTC with ms. */
export interface Session {
  format: typeof SESSION_FORMAT;
  /** Rises by one with each write; 0 is a record that was never written. */
  rev: number;
  /** Who wrote this revision: `lifecycle` for the loop, else the command's name. */
  writtenBy: string;
  id: string;
  projectId: string;
  status: Status;
  activity: Activity | null;
  agent: string;
  /** The agent's own name for its conversation, where it has one. */
  agentSession: string | null;
  command: string[];
  runtime: string;
  /** Null until the program has started. */
  handle: Handle | null;
  /** The agent's own process, where it was found below the one that the runtime watches. */
  agentProcess?: AgentProcess | null | undefined;
  /** The last agent that ended in its shell, until another is found there. */
  leftAgent?: LeftAgent | null | undefined;
  workspacePath: string | null;
  branch: string | null;
  task: string | null;
  createdAt: string;
  updatedAt: string;
  evidence: Evidence | null;
  /** Since when the agent has been idle or blocked. */
  idleSince: string | null;
  /** The same, in the machine's waking hours. */
  idleClock?: IdleClock | null | undefined;
  exit: SessionExit | null;
  /** Fields that other programs add are kept. */
  [field: string]: unknown;
}

const time = z.iso.datetime();

const agentProcessSchema = z.looseObject({
  pid: z.int().positive(),
  startTime: z.string().nullable(),
  host: z.string(),
  bootId: z.string(),
  pidNamespace: z.string().nullable(),
  guestOf: z.string().optional(),
});

/** What a record read from disk must look like. Fields it doesn't know are kept. */
export const sessionSchema = z.looseObject({
  format: z.literal(SESSION_FORMAT),
  rev: z.number().int().nonnegative().default(0),
  writtenBy: z.string().default('unknown'),
  id: z.string().regex(ID_PATTERN),
  projectId: z.string().regex(ID_PATTERN),
  status: z.enum(STATUSES),
  activity: z.enum(ACTIVITIES).nullable().default(null),
  agent: z.string().default('screen'),
  agentSession: z.string().nullable().default(null),
  command: z.array(z.string()).default([]),
  runtime: z.string().default('tmux'),
  handle: handleSchema.nullable().default(null),
  agentProcess: agentProcessSchema.nullable().optional(),
  leftAgent: z.looseObject({ agent: z.string(), at: time }).nullable().optional(),
  workspacePath: z.string().nullable().default(null),
  branch: z.string().nullable().default(null),
  task: z.string().nullable().default(null),
  createdAt: time,
  updatedAt: time,
  evidence: evidenceSchema.nullable().default(null),
  idleSince: time.nullable().default(null),
  idleClock: idleClockSchema.nullable().optional(),
  exit: sessionExitSchema.nullable().default(null),
});
