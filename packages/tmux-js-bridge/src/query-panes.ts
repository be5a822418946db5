import { NotFoundError, UnexpectedReplyError } from './errors.js';
import { RecordFormat } from './record-format.js';
import type { RunOptions, TmuxCommand, TmuxTransport } from './tmux-transport.js';

const command = 'list-panes';
const identityFormats = ['#{pid} #{start_time} #{version}'];
const identityFacts = /^(\d+) (\d+) (\S+)$/;

export interface PaneQuery<T> {
  formats: readonly string[];
  /** Null for a record that is not of these formats. */
  readPane: (fields: readonly string[]) => T | null;
  signal?: AbortSignal;
}

export interface PaneReply<T> {
  /** Null: the server is up without a session, and too old to say who it is without one. */
  server: { pid: number; startTime: number } | null;
  panes: T[];
}

/** Asks which server this is and for all its panes, in one run. */
export async function queryPanes<T>(
  transport: TmuxTransport,
  { formats, readPane, ...options }: PaneQuery<T>,
): Promise<PaneReply<T>> {
  const format = new RecordFormat();
  const { output, isEmpty } = await runOnPanes(
    transport,
    [
      ['display-message', '-p', format.format(identityFormats)],
      [command, '-a', '-F', format.format(formats)],
    ],
    options,
  );
  const [identity, ...records] = format.read(output, { command }).records;
  if (!identity && isEmpty) return { server: null, panes: [] };

  const facts = identityFacts.exec(identity?.[0] ?? '');
  if (!facts) throw new UnexpectedReplyError('the server did not say who it is', { command, output });
  const [, pid, startTime, version] = facts;
  const panes = records.map((fields) => {
    const pane = readPane(version === '3.4' ? fields.map(unescapeDollars) : fields);
    if (pane) return pane;
    throw new UnexpectedReplyError(`not a pane: ${JSON.stringify(fields)}`, { command, output });
  });
  return { server: { pid: Number(pid), startTime: Number(startTime) }, panes };
}

async function runOnPanes(
  transport: TmuxTransport,
  commands: readonly TmuxCommand[],
  options: RunOptions,
): Promise<{ output: string; isEmpty: boolean }> {
  try {
    return { output: await transport.run(commands, options), isEmpty: false };
  } catch (error) {
    // A query of all panes names no target: only a server without sessions finds none.
    if (error instanceof NotFoundError) return { output: error.output, isEmpty: true };
    throw error;
  }
}

/** tmux 3.4, and no other, prints `$name` and `${name}` with a backslash before them. */
const unescapeDollars = (text: string): string => text.replace(/\\(?=\$[A-Za-z_{])/g, '');
