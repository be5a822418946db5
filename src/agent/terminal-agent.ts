import { systemClock } from '../process/system-clock.js';
import type { RuntimeView, Signs, TerminalScreen } from '../runtime/runtime.js';
import type { Clock } from '../session/clock.js';
import type { SessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import type { Agent } from './agent.js';
import type { ActivityReading } from './source/activity-reading.js';
import { DEFAULT_CAPACITY, type AgentOptions } from './agent-options.js';
import { BellWatch } from './source/bell-watch.js';
import type { HookNotes } from './hook-note.js';
import { readHook } from './source/hook-source.js';
import { programOf } from './program-of.js';
import { Rivals } from './rivals.js';
import { AgentFinder, readStopped, type SessionProcesses } from './session-processes.js';
import { lastingRest } from './source/lasting-rest.js';
import { failed, silent } from './source/reading-of.js';
import { readScreenSource, readTitleSource, titleReading, type ScreenQuery } from './source/screen-source.js';
import type { SourceReading, WatchedReading } from './source/source-reading.js';
import { readingOf, weighSources } from './source/weigh-sources.js';
import { TranscriptSource, type TranscriptSourceOptions } from './transcript/transcript-source.js';
import { readTui, type TuiReading } from './tui/read-tui.js';
import type { TuiRules } from './tui/tui-rules.js';

/** What a source is asked with; `now` is epoch milliseconds. */
export interface Asking {
  view: RuntimeView;
  signal: AbortSignal;
  now: number;
  /** What its terminal shows, read by the agent's rules; null where the runtime shows none. */
  tui: TuiReading | null;
  processes: SessionProcesses;
}

/** What one kind of agent is known by. */
export interface AgentTraits<State> {
  /** The names of its program and of its package. */
  programs: readonly string[];
  /** How its screen is read; null where nothing on it can be told from other text. */
  tui: TuiRules | null;
  /** Where it writes down what it does; null where nowhere that can be read. */
  transcript: Omit<TranscriptSourceOptions<State>, 'capacity'> | null;
  /** The sources of its own: a status file, a server. */
  readOwn?: (session: Session, asking: Asking) => Promise<WatchedReading[]>;
  /** What a title without a sign says, where the agent's settings tell what it puts there; null where it says nothing. */
  readTitle?: (
    session: Session,
    shown: { title: string; tui: TuiReading },
  ) => Promise<'active' | 'ready' | null>;
  /** Lets go of what `find` and `readOwn` remember of a session. */
  forget?: (key: SessionKey) => void;
  /** What it is known by where nothing else tells. */
  readLast?: (session: Session, asking: Asking) => Promise<SourceReading[]>;
}

/**
 * A coding agent in a terminal: what its hooks, its own files or server, its window's title, the bell, its screen and its
 * transcript say, weighed by one rule.
 */
export class TerminalAgent<State = never> implements Agent {
  readonly tui: TuiRules | null;
  readonly #clock: Clock;
  readonly #hooks: HookNotes | null;
  readonly #traits: AgentTraits<State>;
  readonly #transcripts: TranscriptSource<State> | null;
  readonly #bells: BellWatch;
  readonly #rivals: Rivals;
  readonly #finder: AgentFinder;

  constructor(
    traits: AgentTraits<State>,
    {
      clock = systemClock,
      hooks = null,
      capacity = DEFAULT_CAPACITY,
      rivals = new Rivals({ capacity }),
    }: AgentOptions & { rivals?: Rivals } = {},
  ) {
    this.tui = traits.tui;
    this.#traits = traits;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#transcripts = traits.transcript && new TranscriptSource({ ...traits.transcript, capacity });
    this.#bells = new BellWatch({ capacity });
    this.#rivals = rivals;
    this.#finder = new AgentFinder({ recognises: (command) => this.recognises(command), capacity });
  }

  async detectActivity(
    session: Session,
    view: RuntimeView,
    options: { signal: AbortSignal },
  ): Promise<ActivityReading> {
    const now = this.#clock.now();
    const { readings, unchanged } = await this.#read(session, { view, now, ...options });
    const { reading } = weighSources(readings, now);
    const answer = readingOf(readings, now);
    const lasts =
      unchanged && lastingRest(session, { view, now, clock: this.#clock, readings, reading, unchanged });
    if (!lasts) return answer;
    return {
      ...answer,
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
    asked: Omit<Asking, 'tui' | 'processes'>,
  ): Promise<{ readings: SourceReading[]; unchanged: (() => boolean)[] | null }> {
    const { view, signal, now } = asked;
    // Before anything is waited for, so that all sessions of a pass are known when the first is answered.
    this.#rivals.note(recorded, now);
    const { readOwn, readLast } = this.#traits;
    const hook = await readHook(recorded, { hooks: this.#hooks, now });
    // Hooks know which conversation it is, also where the record does not, or where another one was begun since.
    const session = hook.conversation === null ? recorded : { ...recorded, agentSession: hook.conversation };
    const signs = (session.handle && view.signs?.(session.handle)) ?? null;
    const { tui, drawn } = await this.#look(session, { view, signs, now });
    const processes = this.#finder.find(session, view);
    const stopped = readStopped(processes.agent, now);
    const asking = { ...asked, tui, processes };
    const own = (await readOwn?.(session, asking)) ?? [];
    const transcript = await this.#transcripts?.read(session, {
      ...{ signal, now, processes },
      lastOutputAt: signs?.lastOutputAt ?? null,
      prompts: tui?.prompts,
    });
    const said = transcript?.reading ?? silent('transcript', { detail: 'it writes none', atMs: now });
    const bell = this.#bells.read(session, { view, transcript: said, now });
    const last = (await readLast?.(session, asking)) ?? [];
    const told = own.map(({ reading }) => reading);
    const watched = [hook, ...(stopped ? [stopped] : []), ...own, ...(transcript ? [transcript] : [])];
    const files = watched.map(({ isUnchanged }) => isUnchanged);
    return {
      readings: [
        ...(stopped ? [stopped.reading] : []),
        ...[hook.reading, ...told, ...drawn, bell],
        ...(transcript ? [said] : []),
        ...last,
      ],
      unchanged: files.every((isUnchanged) => isUnchanged !== null) ? files : null,
    };
  }

  /** Reads the screen and the title, where there are rules for them. */
  async #look(
    session: Session,
    { view, signs, now }: { view: RuntimeView; signs: Signs | null; now: number },
  ): Promise<{ tui: TuiReading | null; drawn: SourceReading[] }> {
    const { handle } = session;
    const rules = this.tui;
    if (!rules) return { tui: null, drawn: [] };
    const query = { signs, rules, now };
    const title = rules.title ? [readTitleSource(query)] : [];
    if (!handle || !view.screen) {
      return {
        tui: null,
        drawn: [...title, silent('screen', { detail: 'the runtime shows no screen', atMs: now })],
      };
    }
    let screen: TerminalScreen;
    try {
      screen = await view.screen(handle);
    } catch (error) {
      return { tui: null, drawn: [...title, failed('screen', error, now)] };
    }
    const tui = readTui(screen, rules);
    const timely = title.map((reading) =>
      isOutdated(reading, tui, rules) ? { ...reading, isWeak: true } : reading,
    );
    const meant = await this.#readPlainTitle(session, { title: timely, tui, query });
    return { tui, drawn: [...meant, readScreenSource(tui, query)] };
  }

  /** A title that bears no sign may still say something, as the agent's settings have it. */
  async #readPlainTitle(
    session: Session,
    { title, tui, query }: { title: SourceReading[]; tui: TuiReading; query: ScreenQuery },
  ): Promise<SourceReading[]> {
    const { readTitle } = this.#traits;
    const { signs } = query;
    if (!readTitle || !signs || title.some(({ state }) => state !== 'silent')) return title;
    const meant = await readTitle(session, { title: signs.title.trim(), tui });
    return meant === null ? title : title.map(({ detail }) => titleReading(meant, detail, query));
  }

  forget(key: SessionKey): void {
    this.#transcripts?.forget(key);
    this.#bells.forget(key);
    this.#traits.forget?.(key);
    this.#rivals.forget(key);
    this.#finder.forget(key);
    this.#hooks?.forget?.(key);
  }

  recognises(command: readonly string[]): boolean {
    return this.#traits.programs.includes(programOf(command).name);
  }
}

/** Whether a title says that an agent works whose screen shows that it was stopped. */
function isOutdated(
  { activity }: SourceReading,
  { composer, working, bottom }: TuiReading,
  { title }: TuiRules,
): boolean {
  const pattern = title?.outdatedBy;
  return (
    pattern !== undefined &&
    activity === 'active' &&
    composer?.isEmpty === true &&
    working === null &&
    bottom.some((row) => pattern.test(row))
  );
}
