import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { errorCode } from '../session/error-code.js';
import { pulseFile } from './lease-layout.js';

const noteSchema = z.object({ token: z.string(), pollIntervalMs: z.number().nullable() });

export type PulseNote = z.infer<typeof noteSchema>;

/** What the holder of a lease lets others see of its passes. Nothing of it need survive a loss of power. */
export class Pulse {
  readonly #path: string;
  readonly #note: PulseNote;

  constructor(home: string, note: PulseNote) {
    this.#path = pulseFile(home);
    this.#note = note;
    this.#write();
  }

  /** A pass ended. */
  beat(): void {
    try {
      const now = new Date();
      utimesSync(this.#path, now, now);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      this.#write();
    }
  }

  #write(): void {
    writeFileSync(this.#path, JSON.stringify(this.#note), { mode: 0o600 });
  }
}

/** What a holder left, and when its last pass ended (epoch ms); null if there is nothing that can be read. */
export function readPulse(home: string): (PulseNote & { beatAtMs: number }) | null {
  try {
    const note = noteSchema.parse(JSON.parse(readFileSync(pulseFile(home), 'utf8')));
    return { ...note, beatAtMs: statSync(pulseFile(home)).mtimeMs };
  } catch (error) {
    const isBeingWritten = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isBeingWritten || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
