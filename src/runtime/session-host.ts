import type { Finding } from '../session/finding.js';
import type { Handle } from '../session/handle.js';
import type { Runtime } from './runtime.js';

/** A program to start. `command` is argv: no shell reads it. */
export interface Program {
  /** What people see it called: the session's key. */
  name: string;
  command: string[];
  workspacePath: string;
  /** Added to the program's environment. */
  env: Record<string, string>;
  /** Where the launcher writes how the program ended. */
  exitFile: string;
  /** Where a runtime without a screen keeps the program's output. */
  outputFile: string;
}

/** A program that runs already and that nobody has recorded. */
export interface FoundProgram {
  handle: Handle;
  /** What people call it, and every other way to name it exactly. */
  name: string;
  targets: string[];
  /** What runs in it, as far as the runtime can tell. */
  command: string[];
  workspacePath: string | null;
}

/** A runtime that can also start programs, talk to them and end them. Errors are `RuntimeError`s. */
export interface SessionHost extends Runtime {
  /** Starts a program, and resolves to the handle that names it for good. */
  start(program: Program): Promise<Handle>;
  /** Types text into the program, verbatim; with `submit`, Enter follows. */
  send(handle: Handle, text: string, options: { submit: boolean }): Promise<void>;
  /** Types keys into the program as a keyboard does (`\r`, `\x1b[B`); only of a runtime that gives programs a terminal. */
  type?(handle: Handle, keys: string): Promise<void>;
  /** Asks the program to end, forces it after `graceMs`, and resolves once it is proven gone. */
  end(handle: Handle, options: { graceMs: number }): Promise<void>;
  /** The command that shows the program to a person; null where there is nothing to show. */
  attachCommand(handle: Handle): Promise<string[] | null>;
  /** The programs that could be recorded; null where the runtime can't tell. */
  find?(): Promise<FoundProgram[]>;
  /** Whether the runtime works on this machine. */
  diagnose?(): Promise<Finding[]>;
}
