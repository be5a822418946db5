import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A process of a trial's, with its stdout to be read. */
export type Child = ChildProcessByStdio<null, Readable, null>;

/** The path of one of the programs in `children`. */
export const childPath = (name: string): string =>
  fileURLToPath(new URL(`children/${name}.js`, import.meta.url));

/** Starts one of the programs in `children`. */
export const startChild = (name: string, ...args: string[]): Child =>
  spawn(process.execPath, [childPath(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
