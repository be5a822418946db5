import { homedir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Clock } from '../session/clock.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { ActivityReading, Agent } from './agent.js';
import { bellReading } from './bell-reading.js';
import { isClaudeCommand, nameConversation, resumesConversation } from './claude-command.js';
import { ClaudeTranscripts, type TranscriptAnswer } from './claude-transcripts.js';
import { IDLE_AFTER_MS } from './idle-after.js';
import { Recent } from './recent.js';
import { ScreenWatch } from './screen-watch.js';

export interface ClaudeCodeAgentOptions {
  clock?: Clock;
  /** Where `CLAUDE_CONFIG_DIR` and `HOME` are looked up. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Claude Code's own folder; by default `${CLAUDE_CONFIG_DIR:-~/.claude}`. */
  configDir?: string;
  /** For how many sessions the look before is remembered. */
  capacity?: number;
}

/** Claude Code. A bell says that it wants you; else the tail of its transcript says what it does. */
export class ClaudeCodeAgent implements Agent {
  readonly #clock: Clock;
  readonly #transcripts: ClaudeTranscripts;
  readonly #watch: ScreenWatch;
  /** What each transcript said when its session's bell was first seen. */
  readonly #detailsAtBell: Recent<string, string | null>;

  constructor({
    clock = systemClock,
    env = process.env,
    configDir = configDirOf(env),
    capacity = 20_000,
  }: ClaudeCodeAgentOptions = {}) {
    this.#clock = clock;
    this.#transcripts = new ClaudeTranscripts({ projectsDir: join(configDir, 'projects'), capacity });
    this.#watch = new ScreenWatch({ capacity });
    this.#detailsAtBell = new Recent({ capacity });
  }

  async detectActivity(
    session: Session,
    view: RuntimeView,
    { signal }: { signal: AbortSignal },
  ): Promise<ActivityReading> {
    const answer = await this.#transcripts.read(session, { signal });
    const now = this.#clock.now();
    return this.#isWaiting(session, { view, answer, now })
      ? bellReading(new Date(now).toISOString())
      : readingOf(session, { answer, now });
  }

  recognises(command: readonly string[]): boolean {
    return isClaudeCommand(command);
  }

  prepare(command: readonly string[]): { command: string[]; agentSession: string | null } {
    return nameConversation(command);
  }

  /** Whether the bell is up and nothing shows that it was heard: the flag itself stays until somebody looks. */
  #isWaiting(
    session: Session,
    { view, answer, now }: { view: RuntimeView; answer: TranscriptAnswer; now: number },
  ): boolean {
    const { handle } = session;
    const signs = handle && view.signs?.(handle);
    if (!handle || !signs) return false;
    const key = sessionKey(session);
    const look = this.#watch.look(session, { handle, signs, now });
    if (look.bell === 'none') return false;
    const detail = answer.verdict?.detail ?? null;
    if (look.bell === 'rang') {
      this.#detailsAtBell.set(key, look.isFirst ? null : detail);
      return true;
    }
    // A second bell can't be told from the first; but Claude Code at work always moves something on the screen.
    const isAtWork =
      answer.verdict?.activity === 'active' &&
      detail !== this.#detailsAtBell.get(key) &&
      look.isPrinting !== false;
    return !isAtWork;
  }
}

function readingOf(
  session: Session,
  { answer, now }: { answer: TranscriptAnswer; now: number },
): ActivityReading {
  const evidence = (detail: string): ActivityReading['evidence'] => ({
    source: 'transcript',
    detail,
    observedAt: new Date(now).toISOString(),
  });
  if (answer.verdict === null) return { activity: null, evidence: evidence(answer.detail) };
  const { activity, detail } = answer.verdict;
  if (activity === 'ready') {
    return {
      activity: now - answer.sinceMs < IDLE_AFTER_MS ? 'ready' : 'idle',
      evidence: evidence(detail),
    };
  }
  // What a resumed conversation was in the midst of ended with the program that wrote it.
  const isInherited = resumesConversation(session.command) && answer.sinceMs < Date.parse(session.createdAt);
  return isInherited
    ? { activity: null, evidence: evidence(`nothing written since the session began; before, ${detail}`) }
    : { activity, evidence: evidence(detail) };
}

function configDirOf({
  CLAUDE_CONFIG_DIR = '',
  HOME = '',
}: NonNullable<ClaudeCodeAgentOptions['env']>): string {
  return CLAUDE_CONFIG_DIR === '' ? join(HOME === '' ? homedir() : HOME, '.claude') : CLAUDE_CONFIG_DIR;
}
