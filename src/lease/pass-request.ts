import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../session/error-code.js';
import { passReportSchema } from '../session/pass-report.js';
import { requestDirectory } from './lease-layout.js';

/*
 * Who wants a pass of the holder writes NAME.asked, which holds who it is; the holder answers with NAME.done after the
 * pass. Files, since they work where sockets don't: under long paths, and between containers that share a home.
 */

const answerSchema = z.object({
  report: passReportSchema,
  at: z.object({ epoch: z.string(), seq: z.number() }),
});

/** What a pass that was asked for saw, and the place after its events. */
export type PassAnswer = z.infer<typeof answerSchema>;

const ASKED = '.asked';
const DONE = '.done';

export const newRequestName = (): string => `${process.pid}-${randomBytes(8).toString('hex')}`;

export const requestPath = (home: string, name: string): string => join(requestDirectory(home), name + ASKED);

export const answerPath = (home: string, name: string): string => join(requestDirectory(home), name + DONE);

/** All requests and answers that lie there. */
export function listRequests(home: string): { asked: string[]; done: string[] } {
  const names = readNames(requestDirectory(home));
  const having = (suffix: string): string[] =>
    names.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
  return { asked: having(ASKED), done: having(DONE) };
}

function readNames(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Puts a file in place, so that it is found whole. It need not survive a loss of power. */
export function putFile(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600, flag: 'wx' });
  renameSync(`${path}.tmp`, path);
}

/** The answer to a request; null if there is none yet. */
export function readAnswer(home: string, name: string): PassAnswer | null {
  try {
    return answerSchema.parse(JSON.parse(readFileSync(answerPath(home, name), 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
