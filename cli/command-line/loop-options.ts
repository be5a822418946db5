import type { Argv } from 'yargs';
import { parseDuration } from './parse-duration.js';

/** What `addLoopOptions` declares, in milliseconds. */
export interface LoopFlags {
  interval: number;
  stuckAfter: number | undefined;
}

/** Declares the flags of commands that run the loop. */
export const addLoopOptions = (yargs: Argv): Argv =>
  yargs
    .option('interval', {
      type: 'string',
      requiresArg: true,
      default: '10s',
      describe: 'how often to look: 500ms, 10s, 2m',
      coerce: (text: unknown) => parseDuration('interval', text),
    })
    .option('stuck-after', {
      type: 'string',
      requiresArg: true,
      describe: 'how long a session may be idle or blocked before it is stuck [never]',
      coerce: (text: unknown) => (text === undefined ? undefined : parseDuration('stuck-after', text)),
    });
