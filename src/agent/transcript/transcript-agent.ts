import { systemClock } from '../../process/system-clock.js';
import type { RuntimeView } from '../../runtime/runtime.js';
import type { Clock } from '../../session/clock.js';
import type { SessionKey } from '../../session/session-key.js';
import type { Session } from '../../session/session.js';
import type { Agent } from '../agent.js';
import type { ActivityReading } from '../source/activity-reading.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { BellWatch } from '../source/bell-watch.js';
import { readDialog, type DialogTraits } from '../source/dialog-source.js';
import { firstAnswer, settleSources } from '../source/first-answer.js';
import type { HookNotes } from '../hook-note.js';
import { readHook } from '../source/hook-source.js';
import { programOf } from '../program-of.js';
import { Rivals } from '../rivals.js';
import { lastingRest } from '../source/lasting-rest.js';
import type { SourceReading, WatchedReading } from '../source/source-reading.js';
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
  dialog: DialogTraits | null;
  /** The sources of its own, which outrank the bell. */
  readOwn?: (session: Session, asking: Asking) => Promise<WatchedReading[]>;
  /** Lets go of what `find` and `readOwn` remember of a session. */
  forget?: (key: SessionKey) => void;
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
    const now = this.#clock.now();
    const { readings, unchanged } = await this.#read(session, { view, now, ...options });
    const reading = firstAnswer(readings, this.#clock.now());
    const lasts = unchanged && lastingRest(session, { view, now, clock: this.#clock, readings, unchanged });
    if (!lasts) return reading;
    return {
      ...reading,
      holds: (later) => {
        // It stays a rival of others, although it is not asked.
        this.#rivals.note(session, this.#clock.now());
        return lasts(later);
      },
    };
  }

  async explain(
    session: Session,
    view: RuntimeView,
    { signal }: { signal: AbortSignal },
  ): Promise<SourceReading[]> {
    return (await this.#read(session, { view, signal, now: this.#clock.now() })).readings;
  }

  /** What each source says, and how to tell whether their files are the same; null where one of them can't tell. */
  async #read(
    recorded: Session,
    asking: Asking,
  ): Promise<{ readings: SourceReading[]; unchanged: (() => boolean)[] | null }> {
    const { view, signal, now } = asking;
    // Before anything is waited for, so that all sessions of a pass are known when the first is answered.
    this.#rivals.note(recorded, now);
    const { dialog, readOwn, readLast } = this.#traits;
    const hook = await readHook(recorded, { hooks: this.#hooks, now });
    // Hooks know which conversation it is, also where the record does not, or where another one was begun since.
    const session = hook.conversation === null ? recorded : { ...recorded, agentSession: hook.conversation };
    const own = (await readOwn?.(session, asking)) ?? [];
    const lastOutputAt = (session.handle && view.signs?.(session.handle)?.lastOutputAt) ?? null;
    const transcript = await this.#transcripts.read(session, { signal, now, lastOutputAt });
    const { reading: said } = transcript;
    const bell = this.#bells.read(session, { view, transcript: said, now });
    const screen = dialog ? [await readDialog(session, { view, transcript: said, dialog, now })] : [];
    const last = (await readLast?.(session, asking)) ?? [];
    const told = own.map(({ reading }) => reading);
    const unchanged = [hook, ...own, transcript].map(({ isUnchanged }) => isUnchanged);
    return {
      readings: settleSources([hook.reading, ...told, bell, ...screen, said, ...last]),
      unchanged: unchanged.every((isUnchanged) => isUnchanged !== null) ? unchanged : null,
    };
  }

  forget(key: SessionKey): void {
    this.#transcripts.forget(key);
    this.#bells.forget(key);
    this.#traits.forget?.(key);
    this.#hooks?.forget?.(key);
  }

  recognises(command: readonly string[]): boolean {
    return this.#traits.programs.includes(programOf(command).name);
  }
}
