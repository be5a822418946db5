import { sessionKey, type Explanation, type TransitionRule, type WeighingRule } from '../../index.js';
import { describeAge } from './describe-age.js';
import { describeEnd } from './describe-end.js';
import { printable } from './printable.js';

const REASONS: Record<TransitionRule, string> = {
  ended_before: 'it has ended, and stays so',
  still_starting: 'its program is being started',
  never_started: 'its program was never started',
  outage: 'its server is out of reach, which proves nothing: it stays as it is',
  not_known: 'nobody knows whether its program runs, which proves nothing: it stays as it is',
  program_gone: 'its program is proven gone',
  agent_gone: 'its agent has ended, although the program around it lives on',
  waits_for_a_person: 'it waits for a person',
  has_started: 'its program runs',
  works_again: 'it goes on',
  idle_too_long: 'it has had nothing to do, or could not go on, for too long',
  unchanged: 'nothing that it does now changes the status',
};

const WEIGHED: Record<WeighingRule, string> = {
  dialog_is_drawn: 'a dialog on the screen now outranks everything else',
  edge_is_newer: 'what just happened is newer than what is shown',
  agent_keeps_it: "the agent's own state, which nothing newer contradicts",
  sign_is_shown: 'what the title or the screen shows now outranks what happened before',
  dialog_is_gone: 'it asked, and its dialog has been answered since',
  edge_alone: 'what happened last; nothing shows what is so now',
  rest_is_shown: 'its prompt is shown, and nothing says that it works',
  nothing_says: 'no source says what it does',
};

/** An explanation as lines for people; `now` is epoch milliseconds. */
export function renderExplanation(explanation: Explanation, now: number): string {
  const { session, liveness, agentProcess, sources, weighing, next, rule } = explanation;
  const age = (time: string): string => `${describeAge(now - Date.parse(time))} ago`;
  const doing = session.exit ? describeEnd(session) : (session.activity ?? 'nobody knows what it does');
  const rows: [string, string, string][] = [
    ['record', session.status, `${doing}; written by ${session.writtenBy} ${age(session.updatedAt)}`],
  ];
  if (session.evidence) {
    const { source, detail, observedAt } = session.evidence;
    rows.push(['', '', `it went by ${source}: ${detail} (${age(observedAt)})`]);
  }
  if (session.idleSince !== null) rows.push(['', '', `nothing to do since ${age(session.idleSince)}`]);
  if (liveness)
    rows.push(['runtime', liveness.state, `${liveness.evidence.source}: ${liveness.evidence.detail}`]);
  if (agentProcess.type !== 'none') rows.push(['agent', agentProcess.type, agentProcess.detail]);
  for (const { source, state, activity, detail, observedAt } of sources) {
    rows.push([source, activity ?? state, `${detail} (${age(observedAt)})`]);
  }
  if (weighing) rows.push(['weighed', weighing.source ?? 'none', WEIGHED[weighing.rule]]);
  const change =
    next.status === session.status ? `it stays ${next.status}` : `the next pass makes it ${next.status}`;
  rows.push(['so', next.status, `${REASONS[rule]}: ${change}`]);
  return `${sessionKey(session)}\n${align(rows)}`;
}

function align(rows: readonly [string, string, string][]): string {
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([name, state, text]) => {
      const line = `  ${name.padEnd(width(0))}  ${state.padEnd(width(1))}  ${text}`;
      return `${printable(line).trimEnd()}\n`;
    })
    .join('');
}
