import { stat } from 'node:fs/promises';

import { checkForm, checkText, checkWholeNumber } from './check-argument.js';
import { InvalidArgumentError, UnexpectedReplyError } from './errors.js';
import { RecordFormat } from './record-format.js';
import type { TmuxCommand, TmuxTransport } from './tmux-transport.js';

const command = 'new-session';
const createdFormats = ['#{pid} #{start_time} #{session_id} #{window_id} #{pane_id} #{pane_pid}'];
const createdFacts = /^(\d+) (\d+) (\$\d+) (@\d+) (%\d+) (\d+)$/;

/** A session to start. */
export interface SessionSpec {
  /** What people see it called: `^[A-Za-z0-9][A-Za-z0-9_/-]{0,200}$`, since tmux expands or rewrites much else. */
  name: string;
  /** The program and its arguments, as data: no shell reads them. */
  command: readonly string[];
  cwd: string;
  /** Added to the environment that tmux gives its panes. */
  env?: Readonly<Record<string, string>>;
  /** In columns; without it, tmux's `default-size`. */
  width?: number;
  /** In rows; without it, tmux's `default-size`. */
  height?: number;
  signal?: AbortSignal;
}

export interface NewSession {
  server: { pid: number; startTime: number };
  sessionId: string;
  windowId: string;
  paneId: string;
  panePid: number;
}

/** Starts a program in a new detached session, and the server first if none runs. */
export async function createSession(transport: TmuxTransport, spec: SessionSpec): Promise<NewSession> {
  await checkSpec(spec);
  const format = new RecordFormat();
  const output = await transport.run([buildCommand(spec, format.format(createdFormats))], {
    startServer: true,
    // `-c` would expand formats in it.
    cwd: spec.cwd,
    ...(spec.signal && { signal: spec.signal }),
  });
  const facts = createdFacts.exec(format.read(output, { command }).records[0]?.[0] ?? '');
  if (!facts) throw new UnexpectedReplyError('it did not name the new session', { command, output });
  const [, pid, startTime, sessionId = '', windowId = '', paneId = '', panePid] = facts;
  return {
    server: { pid: Number(pid), startTime: Number(startTime) },
    sessionId,
    windowId,
    paneId,
    panePid: Number(panePid),
  };
}

async function checkSpec({ name, command: argv, cwd, env = {}, width, height }: SessionSpec): Promise<void> {
  checkForm(name, /^[A-Za-z0-9][A-Za-z0-9_/-]{0,200}$/, { subject: 'the session name', command });
  if (!argv[0]) throw new InvalidArgumentError('there is no program to run', { command });
  for (const argument of argv) checkText(argument, { subject: 'the command', command });
  for (const [variable, value] of Object.entries(env)) {
    checkForm(variable, /^[A-Za-z_][A-Za-z0-9_]*$/, { subject: 'the variable name', command });
    checkText(value, { subject: `the variable ${variable}`, command });
  }
  if (width !== undefined) checkWholeNumber(width, { subject: 'the width', command });
  if (height !== undefined) checkWholeNumber(height, { subject: 'the height', command });
  checkText(cwd, { subject: 'the directory', command });
  await checkDirectory(cwd);
}

async function checkDirectory(cwd: string): Promise<void> {
  const problem = `the directory ${JSON.stringify(cwd)} can't be used`;
  const stats = await stat(cwd).catch((cause: unknown) => {
    throw new InvalidArgumentError(problem, { command, cause });
  });
  if (!stats.isDirectory()) throw new InvalidArgumentError(problem, { command });
}

function buildCommand(
  { name, command: argv, env = {}, width, height }: SessionSpec,
  format: string,
): TmuxCommand {
  return [
    command,
    ...['-d', '-P', '-F', format, '-s', name],
    ...(width === undefined ? [] : ['-x', String(width)]),
    ...(height === undefined ? [] : ['-y', String(height)]),
    ...Object.entries(env).flatMap(([variable, value]) => ['-e', `${variable}=${value}`]),
    '--',
    ...buildProgram(argv, { path: env['PATH'] }),
  ];
}

// tmux gives a lone argument to a shell to read, and puts its client's PATH over any other. This shell gets all as data.
function buildProgram(argv: readonly string[], { path }: { path: string | undefined }): readonly string[] {
  if (path !== undefined)
    return ['/bin/sh', '-c', 'PATH=$1; export PATH; shift; exec "$@"', 'sh', path, ...argv];
  return argv.length > 1 ? argv : ['/bin/sh', '-c', 'exec "$@"', 'sh', ...argv];
}
