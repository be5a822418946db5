import { existsSync, mkdirSync, renameSync } from 'node:fs';
import type { Clock } from '../session/clock.js';
import type { EventBody, LifecycleEvent } from '../session/event.js';
import type { EventLog } from '../session/event-log.js';
import type { Place } from '../session/place.js';
import { ToldView } from '../session/told-view.js';
import { makeDirectory } from '../store/make-directory.js';
import { AppendFile } from './append-file.js';
import { beginSegment, removeTemporaries } from './begin-segment.js';
import { JournalError } from './errors.js';
import { foldJournal, type Folded } from './fold-journal.js';
import { formatCheckpoint, formatEvent } from './journal-line.js';
import { DEFAULT_JOURNAL_LIMITS, segmentAgeMs, type JournalLimits } from './journal-limits.js';
import { pruneSegments } from './prune-segments.js';
import { journalDirectory, segmentPath } from './segments.js';

export interface JournalWriterOptions {
  home: string;
  /** Names this life of the loop. */
  epoch: string;
  clock: Clock;
  limits?: Partial<JournalLimits>;
}

type Settings = Required<Omit<JournalWriterOptions, 'limits'>> & { limits: JournalLimits };

/**
 * Appends a home's events to its journal. The home's lease must be held. What is appended survives the end of this
 * process at once; a loss of power takes at most what came after the last checkpoint, and that is then told again.
 */
export class JournalWriter implements EventLog {
  /** All that was told: whoever tells an event that was appended must let it know. */
  readonly told: ToldView;
  readonly #options: Settings;
  readonly #directory: string;
  #at: Place;
  #file: AppendFile;
  #segmentStart: { bytes: number; ms: number };

  /** Opens the journal where it ended, and cuts off what a killed process left half written. @throws {JournalError} */
  static async open({ limits, ...options }: JournalWriterOptions): Promise<JournalWriter> {
    const directory = journalDirectory(options.home);
    await makeDirectory(directory);
    try {
      removeTemporaries(directory);
      const folded = foldJournal(directory);
      for (const { path } of folded?.damaged ?? []) renameSync(path, `${path}.damaged`);
      return new JournalWriter({ ...options, limits: { ...DEFAULT_JOURNAL_LIMITS, ...limits } }, folded);
    } catch (error) {
      throw new JournalError(directory, error);
    }
  }

  private constructor(options: Settings, folded: Folded | null) {
    const { home, epoch, clock } = options;
    this.#options = options;
    this.#directory = journalDirectory(home);
    this.told = folded?.told ?? new ToldView();
    this.#at = folded?.at ?? { epoch, seq: 0 };
    this.#segmentStart = { bytes: 0, ms: folded?.firstEventMs ?? clock.now() };
    this.#file = folded ? new AppendFile(folded.segment.path, folded) : this.#beginSegment();
    pruneSegments(this.#directory, options.limits, { now: clock.now() });
  }

  get at(): Place {
    return this.#at;
  }

  append(bodies: readonly EventBody[]): LifecycleEvent[] {
    const { epoch, clock } = this.#options;
    this.putBack();
    this.#rotate();
    const time = new Date(clock.now()).toISOString();
    const { seq } = this.#at;
    const events = bodies.map((body, index) => ({ ...body, seq: seq + index + 1, epoch, time }));
    const { written, error } = this.#file.append(events.map((event) => Buffer.from(formatEvent(event))));
    if (written > 0) this.#at = { epoch, seq: seq + written };
    if (written < events.length) throw new JournalError(this.#file.path, error, events.slice(0, written));
    return events;
  }

  checkpoint(): void {
    const line = formatCheckpoint({ at: this.#at, told: this.told.state() });
    const { written, error } = this.#file.append([Buffer.from(line)]);
    if (written === 0) throw new JournalError(this.#file.path, error);
    this.#segmentStart.bytes = this.#file.length;
  }

  /** Begins a segment where somebody removed the one that is written to: what is in no folder, nobody can read. */
  putBack(): void {
    if (this.#file.isInPlace) return;
    try {
      if (!existsSync(this.#directory)) mkdirSync(this.#directory, { mode: 0o700 });
      this.#beginNext();
    } catch (error) {
      throw new JournalError(this.#directory, error);
    }
  }

  /** Ends it: what was appended survives a loss of power now, too. */
  close(): void {
    try {
      this.#file.sync();
      this.#file.close();
    } catch (error) {
      throw new JournalError(this.#file.path, error);
    }
  }

  #rotate(): void {
    const { limits, clock } = this.#options;
    const now = clock.now();
    const isFull = this.#file.length - this.#segmentStart.bytes > limits.segmentBytes;
    const isOld = now - this.#segmentStart.ms > segmentAgeMs(limits);
    if ((!isFull && !isOld) || segmentPath(this.#directory, this.#at.seq) === this.#file.path) return;
    try {
      this.#file.sync();
      this.#beginNext();
      pruneSegments(this.#directory, limits, { now });
    } catch (error) {
      throw new JournalError(this.#directory, error);
    }
  }

  #beginNext(): void {
    const before = this.#file;
    this.#file = this.#beginSegment();
    before.close();
  }

  /** A new segment, which opens with a checkpoint of all before it. */
  #beginSegment(): AppendFile {
    const path = segmentPath(this.#directory, this.#at.seq);
    const length = beginSegment(path, formatCheckpoint({ at: this.#at, told: this.told.state() }));
    this.#segmentStart = { bytes: length, ms: this.#options.clock.now() };
    return new AppendFile(path, { length });
  }
}
