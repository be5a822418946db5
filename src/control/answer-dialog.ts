import { isSameDialog, type Dialog, type DialogOption } from '../agent/tui/dialog.js';
import type { TuiReading } from '../agent/tui/read-tui.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { withRecordLock } from '../store/record-lock.js';
import { openAgentTerminal, type AgentTerminal } from './agent-terminal.js';
import type { ControlContext } from './control-context.js';
import { InvalidRequestError } from './invalid-request-error.js';

/** How long a highlight may take to move, or a dialog to close: milliseconds. */
const MOVE_LIMIT_MS = 1_500;
const CLOSE_LIMIT_MS = 5_000;

const UP = '\u001b[A';
const DOWN = '\u001b[B';
const RIGHT = '\u001b[C';
const LEFT = '\u001b[D';
const ENTER = '\r';

/** The open dialog of a session, null where none is; and the last rows of its screen. */
export interface DialogReport {
  dialog: Dialog | null;
  screen: string[];
}

/**
 * What became of an answer. `answered`: the dialog took it and has closed. `refused`: nothing was chosen, since the dialog
 * left doubts. `unsure`: the option was confirmed, and the dialog still stands there.
 */
export interface AnswerResult extends DialogReport {
  outcome: 'answered' | 'refused' | 'unsure';
  /** The words of the option that was chosen. */
  option: string | null;
  /** Why, in one line. */
  detail: string;
}

/**
 * The dialog that a session's agent has drawn now.
 * @throws {InvalidRequestError} if nothing is known of the agent's screen. @throws {ProgramGoneError | RuntimeError}
 */
export async function readDialog(context: ControlContext, session: Session): Promise<DialogReport> {
  return report(await (await openDialogTerminal(context, session)).look());
}

/**
 * Answers the dialog that a session's agent has drawn: `yes`, `no`, `always`, the number of an option, or its words; where
 * the dialog takes a text, that text. It moves the highlight to the option, checks that it is there, confirms, and checks
 * that the dialog has closed; in doubt it confirms nothing.
 * @throws {InvalidRequestError | ProgramGoneError | RuntimeError | StoreError}
 */
export async function answerDialog(
  context: ControlContext,
  session: Session,
  answer: string,
): Promise<AnswerResult> {
  const terminal = await openDialogTerminal(context, session);
  return withRecordLock(
    context.sessions.layout,
    sessionKey(session),
    () => answerIn(terminal, answer),
    // What types at the same time would be taken for the answer.
    { purpose: 'send' },
  );
}

async function openDialogTerminal(context: ControlContext, session: Session): Promise<AgentTerminal> {
  const terminal = await openAgentTerminal(context, session);
  if (terminal.rules) return terminal;
  throw new InvalidRequestError(
    `nothing is known of the dialogs of ${JSON.stringify(terminal.agent)}: see the screen with vitals attach ${sessionKey(session)}`,
  );
}

const report = ({ dialog, bottom }: TuiReading): DialogReport => ({ dialog, screen: bottom });

async function answerIn(terminal: AgentTerminal, answer: string): Promise<AnswerResult> {
  const reading = await terminal.look();
  const refuse = (detail: string, seen: TuiReading = reading): AnswerResult => ({
    ...{ outcome: 'refused', option: null, detail },
    ...report(seen),
  });
  const { dialog } = reading;
  if (terminal.ended !== null) return refuse(`its agent has ended: ${terminal.ended}`);
  if (!dialog) return refuse('no dialog is open');
  if (dialog.input === 'several') return refuse('several options can be checked: answer it in the terminal');
  const choice = chooseOption(dialog, answer);
  if (choice.type === 'none') return refuse(choice.why);
  const moved = await moveTo(terminal, dialog, choice.index);
  if (moved.type === 'lost') return refuse(moved.why, moved.reading);
  if (choice.text !== null) {
    await terminal.paste(choice.text);
    const shown = await terminal.lookUntil(
      (seen) =>
        seen.bottom
          .join('')
          .replace(/\s/g, '')
          .includes(squeezeEnd(choice.text ?? ''))
          ? seen
          : null,
      MOVE_LIMIT_MS,
    );
    if (!shown) return refuse('the text does not show in the dialog', await terminal.look());
  }
  const option = dialog.options[choice.index];
  await terminal.press(option?.key ?? ENTER);
  const closed = await terminal.lookUntil(
    (seen) => (seen.dialog && isSameDialog(seen.dialog, dialog) ? null : seen),
    CLOSE_LIMIT_MS,
  );
  const label = option?.label ?? answer;
  return closed
    ? { outcome: 'answered', option: label, detail: `it took ${JSON.stringify(label)}`, ...report(closed) }
    : {
        ...{
          outcome: 'unsure',
          option: label,
          detail: 'the option was confirmed, and the dialog still stands there',
        },
        ...report(await terminal.look()),
      };
}

const squeezeEnd = (text: string): string => text.replace(/\s/g, '').slice(-12);

type Choice = { type: 'option'; index: number; text: string | null } | { type: 'none'; why: string };

/** The options that ask for a text of one's own. */
const OWN_TEXT = /^(type (something|your)|other\b|something else|write|custom|enter (your|a) )/i;

/** The option that an answer means. Words must fit one option alone. */
export function chooseOption({ options, kind, input }: Dialog, answer: string): Choice {
  const wanted = answer.trim();
  const none = (why: string): Choice => ({ type: 'none', why });
  if (input === 'text') return { type: 'option', index: 0, text: wanted };
  const only = (fits: (option: DialogOption) => boolean): number[] =>
    options.flatMap((option, index) => (fits(option) ? index : []));
  const one = (found: readonly number[], what: string): Choice => {
    const [index, ...others] = found;
    if (index === undefined) return none(`no option of this dialog ${what}`);
    return others.length > 0
      ? none(`more than one option of this dialog ${what}: choose by number or by its words`)
      : { type: 'option', index, text: null };
  };
  switch (wanted.toLowerCase()) {
    case 'yes':
    case 'no':
    case 'always': {
      const meaning = wanted.toLowerCase();
      const found = only((option) => option.meaning === meaning);
      // "No" and "No, and tell it what to do" both refuse; the plain word is the plain answer.
      const plain = found.filter((index) => /^(yes|no)$/i.test(options[index]?.label ?? ''));
      return one(plain.length === 1 ? plain : found, `means ${meaning}`);
    }
    default:
  }
  if (/^\d{1,2}$/.test(wanted)) {
    const isNumbered = options.some(({ number }) => number !== null);
    const at = Number(wanted);
    return one(
      isNumbered ? only(({ number }) => number === at) : only((option) => options.indexOf(option) === at - 1),
      `has the number ${at}`,
    );
  }
  const exact = only(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  if (exact.length > 0) return one(exact, `reads ${JSON.stringify(wanted)}`);
  const own = only(({ label }) => OWN_TEXT.test(label));
  const [ownIndex] = own;
  if (kind === 'question' && own.length === 1 && ownIndex !== undefined)
    return { type: 'option', index: ownIndex, text: wanted };
  return one(
    only(({ label }) => label.toLowerCase().startsWith(wanted.toLowerCase())),
    `reads ${JSON.stringify(wanted)}`,
  );
}

type Moved = { type: 'there' } | { type: 'lost'; why: string; reading: TuiReading };

/** Moves the highlight, one key at a time, and leaves off as soon as the dialog is another one. */
async function moveTo(terminal: AgentTerminal, dialog: Dialog, target: number): Promise<Moved> {
  if (dialog.input === 'text') return { type: 'there' };
  if (dialog.layout === 'keys') {
    const hasKey = (dialog.options[target]?.key ?? null) !== null;
    return hasKey
      ? { type: 'there' }
      : { type: 'lost', why: 'no key is known for that option', reading: await terminal.look() };
  }
  const [back, forth] = dialog.layout === 'row' ? [LEFT, RIGHT] : [UP, DOWN];
  let reading = await terminal.look();
  for (let step = 0; step <= 2 * dialog.options.length; step += 1) {
    const now = reading.dialog;
    if (!now || !isSameDialog(now, dialog)) return { type: 'lost', why: 'the dialog has changed', reading };
    if (now.highlighted === null)
      return { type: 'lost', why: 'it is not shown which option is highlighted', reading };
    if (now.highlighted === target) return { type: 'there' };
    const from = now.highlighted;
    await terminal.press(target < from ? back : forth);
    const next = await terminal.lookUntil(
      (seen) =>
        seen.dialog && isSameDialog(seen.dialog, dialog) && seen.dialog.highlighted === from ? null : seen,
      MOVE_LIMIT_MS,
    );
    if (!next) return { type: 'lost', why: 'the highlight does not move', reading: await terminal.look() };
    reading = next;
  }
  return { type: 'lost', why: 'the highlight does not stop at that option', reading };
}
