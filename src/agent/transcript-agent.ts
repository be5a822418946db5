import { systemClock } from '../process/system-clock.js';
import type { RuntimeView } from '../runtime/runtime.js';
import type { Clock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import type { ActivityReading, Agent } from './agent.js';
import { DEFAULT_CAPACITY, type AgentOptions } from './agent-options.js';
import { BellWatch } from './bell-watch.js';
import { readDialog } from './dialog-source.js';
import { firstAnswer, settleSources } from './first-answer.js';
import type { HookNotes } from './hook-note.js';
import { readHook } from './hook-source.js';
import { programOf } from './program-of.js';
import { Rivals } from './rivals.js';
import type { SourceReading } from './source-reading.js';
import { TranscriptSource, type TranscriptSourceOptions } from './transcript-source.js';

/** What a source is asked with; `now` is epoch milliseconds. */
export interface Asking {
  view: RuntimeView;
  signal: AbortSignal;
  now: number;
}

/** What one kind of agent is known by. */
export interface AgentTraits<State> extends Omit<TranscriptSourceOptions<State>, 'capacity'> {
  /** The names of its program and of its package. */
  programs: readonly string[];
  /** What an open question on its screen looks like; null where it can't be told from other text. */
  dialog: RegExp | null;
  /** The sources of its own, which outrank the bell. */
  readOwn?: (session: Session, asking: Asking) => Promise<SourceReading[]>;
  /** What it is known by where nothing else tells. */
  readLast?: (session: Session, asking: Asking) => Promise<SourceReading[]>;
}

/** An agent that writes a transcript: its hooks, its own sources, the bell, a question on its screen, the transcript. */
export class TranscriptAgent<State> implements Agent {
  readonly #clock: Clock;
  readonly #hooks: HookNotes | null;
  readonly #traits: AgentTraits<State>;
  readonly #transcripts: TranscriptSource<State>;
  readonly #bells: BellWatch;
  readonly #rivals: Rivals;

  constructor(
    traits: AgentTraits<State>,
    {
      clock = systemClock,
      hooks = null,
      capacity = DEFAULT_CAPACITY,
      rivals = new Rivals({ capacity }),
    }: AgentOptions & { rivals?: Rivals } = {},
  ) {
    this.#traits = traits;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#transcripts = new TranscriptSource({ ...traits, capacity });
    this.#bells = new BellWatch({ capacity });
    this.#rivals = rivals;
  }

  async detectActivity(
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading> {
    return firstAnswer(await this.explain(session, view, options), this.#clock.now());
  }

  async explain(
    recorded: Session,
    view: RuntimeView,
    { signal }: { signal: AbortSignal },
  ): Promise<SourceReading[]> {
    const now = this.#clock.now();
    // Before anything is waited for, so that all sessions of a pass are known when the first is answered.
    this.#rivals.note(recorded, now);
    const asking = { view, signal, now };
    const { dialog, readOwn, readLast } = this.#traits;
    const hook = await readHook(recorded, { hooks: this.#hooks, now });
    // Hooks know which conversation it is, also where the record does not, or where another one was begun since.
    const session = hook.conversation === null ? recorded : { ...recorded, agentSession: hook.conversation };
    const own = (await readOwn?.(session, asking)) ?? [];
    const lastOutputAt = (session.handle && view.signs?.(session.handle)?.lastOutputAt) ?? null;
    const transcript = await this.#transcripts.read(session, { signal, now, lastOutputAt });
    const bell = this.#bells.read(session, { view, transcript, now });
    const screen = dialog ? [await readDialog(session, { view, transcript, pattern: dialog, now })] : [];
    const last = (await readLast?.(session, asking)) ?? [];
    return settleSources([hook.reading, ...own, bell, ...screen, transcript, ...last]);
  }

  recognises(command: readonly string[]): boolean {
    return this.#traits.programs.includes(programOf(command).name);
  }
}
