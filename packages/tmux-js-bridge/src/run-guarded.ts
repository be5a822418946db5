import { checkTarget } from './check-target.js';
import { NotFoundError, OtherServerError, RefusedError, UnexpectedReplyError } from './errors.js';
import type { PaneTarget } from './pane-target.js';
import { RecordFormat } from './record-format.js';
import type { RunOptions, TmuxCommand, TmuxTransport } from './tmux-transport.js';

const factFormats = '#{pid} #{start_time} [#{pane_id}] [#{pane_dead}] [#{pane_input_off}]';
const factForm = /^(\d+) (\d+) \[(%\d+)?\] \[([01]?)\] \[([01]?)\]$/;

export interface GuardedRun extends Pick<RunOptions, 'stdin' | 'signal'> {
  /** How errors call it. */
  command: string;
  target: PaneTarget;
  /** Refuse a pane that can take no input. */
  needsInput?: boolean;
  /** Run before the check. */
  prepare?: TmuxCommand[];
  act: TmuxCommand[];
  /** Run instead of `act` if the check fails. */
  cleanUp?: TmuxCommand[];
}

/**
 * Runs commands only if the server is still the target's and has its pane, and resolves to what they print.
 * The server itself checks and acts, in one go: nothing can change in between.
 */
export async function runGuarded(transport: TmuxTransport, run: GuardedRun): Promise<string> {
  const { command, target, needsInput = false, prepare = [], act, cleanUp = [], ...options } = run;
  checkTarget(target, { command });
  const format = new RecordFormat();
  const report = (verdict: string): TmuxCommand => {
    const fields = format.format([verdict, factFormats]);
    return ['display-message', '-p', '-t', target.paneId, fields];
  };
  const check: TmuxCommand = [
    'if-shell',
    '-F',
    '-t',
    target.paneId,
    formatCheck(target, { needsInput }),
    quoteCommands([...act, report('acted')]),
    quoteCommands([...cleanUp, report('refused')]),
  ];
  const output = await transport.run([...prepare, check], options);
  const { text, records } = format.read(output, { command });
  const [verdict, facts] = records[0] ?? [];
  if (verdict === 'acted') return text;
  throw explainRefusal(facts, { command, target, output });
}

function formatCheck({ server, paneId }: PaneTarget, { needsInput }: { needsInput: boolean }): string {
  // A paste into a pane without a program crashes tmux 3.3a, and takes every session with it.
  const conditions = [
    `#{==:#{pid},${server.pid}}`,
    `#{==:#{start_time},${server.startTime}}`,
    // Where the pane is gone, tmux expands the format for a pane of some attached client.
    `#{==:#{pane_id},${paneId}}`,
    ...(needsInput ? ['#{?pane_dead,,1}', '#{?pane_input_off,,1}'] : []),
  ];
  return conditions.reduceRight((rest, condition) => `#{&&:${condition},${rest}}`);
}

const quoteCommands = (commands: readonly TmuxCommand[]): string =>
  commands.map((command) => command.map(quoteArgument).join(' ')).join(' ; ');

const quoteArgument = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;

function explainRefusal(
  facts: string | undefined,
  { command, target, output }: { command: string; target: PaneTarget; output: string },
): Error {
  const match = factForm.exec(facts ?? '');
  if (!match) return new UnexpectedReplyError('it is not known whether it was done', { command, output });
  const [, pid, startTime, paneId, isDead] = match;
  const actual = { pid: Number(pid), startTime: Number(startTime) };
  const { server: expected } = target;
  if (actual.pid !== expected.pid || actual.startTime !== expected.startTime) {
    return new OtherServerError({ expected, actual, command });
  }
  if (paneId !== target.paneId) return new NotFoundError(`there is no pane ${target.paneId}`, { command });
  const why = isDead === '1' ? 'no program holds its terminal' : 'its input is switched off';
  return new RefusedError(`pane ${paneId} takes no input: ${why}`, { command });
}
