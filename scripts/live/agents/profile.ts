import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LiveAgent } from '../versions.js';

/** Where one run of one agent takes place. All paths are absolute. */
export interface Place {
  home: string;
  /** The directories of the scenarios, which the agent is to trust. */
  trusted: string[];
  /** The scripted model, without a path. */
  modelUrl: string;
  isHooked: boolean;
  /** Runs a program to its end; resolves to its exit code and what it printed. */
  run: (
    command: string,
    args: readonly string[],
  ) => Promise<{ code: number; stdout: string; stderr: string }>;
}

/** What stands on the screen, and the keys that a person presses then. */
export interface Offer {
  sign: RegExp;
  keys: string[];
}

/** A kind of dialog that the agent can be made to open. */
export interface DialogProfile {
  /** What its screen shows while it is open. */
  sign: RegExp;
  /** Keys that approve and refuse. */
  yes: string[];
  no: string[];
}

/** How one agent is set up, started and driven, and what its screen shows. */
export interface Profile {
  agent: LiveAgent;
  command: string[];
  /** Arguments with which it runs commands without asking. */
  autoArgs: string[];
  env: (place: Pick<Place, 'home' | 'modelUrl'>) => Record<string, string>;
  /** Writes the home: settings, made-up keys, trusted directories. */
  prepare: (place: Place) => Promise<void>;
  /** Its prompt is on the screen. */
  ready: RegExp;
  settleMs: number;
  /** What it shows once at a start, over its prompt, and how it is declined. */
  offers?: Offer[];
  /** Makes it run hooks that were just installed, where it asks a person first. */
  trustHooks?: { sign: RegExp; keys: string[] };
  /** Its question before it runs a command. */
  permission: DialogProfile | null;
  edit: DialogProfile | null;
  /** Its question with two answers; `keys` enter the mode in which it can be asked. */
  question: (DialogProfile & { keys?: string[] }) | null;
  /** Its plan dialog, and how its plan mode is entered. */
  plan: (DialogProfile & { args: string[]; keys?: string[] }) | null;
  /** Its question at the first start in a directory that it doesn't trust. */
  trust: DialogProfile | null;
  interrupt: string[];
  newConversation: string;
  /** What it asks before it begins a new conversation. */
  newDialog?: Offer;
  quit: string;
  /** Arguments that take up the last conversation of the directory. */
  resumeArgs: string[] | null;
  /** Its command for one prompt, without a screen. */
  oneShot: (prompt: string) => string[];
}

/** Writes a file and the folders above it; what is no string becomes JSON. */
export async function put(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
}
