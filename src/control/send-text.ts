import { setTimeout as delay } from 'node:timers/promises';
import type { Dialog } from '../agent/tui/dialog.js';
import type { TuiReading } from '../agent/tui/read-tui.js';
import type { Composer } from '../agent/tui/tui-rules.js';
import type { TypingRules } from '../agent/tui/tui-rules.js';
import type { Activity } from '../session/activity.js';
import { sessionKey } from '../session/session-key.js';
import type { Session } from '../session/session.js';
import { withRecordLock } from '../store/record-lock.js';
import { openAgentTerminal, type AgentTerminal } from './agent-terminal.js';
import type { ControlContext } from './control-context.js';
import { findHost } from './find-host.js';
import { readActivity } from './read-activity.js';

/** How long a text may take to stand in the box, and the box to empty after Enter: milliseconds. */
const SHOWN_LIMIT_MS = 4_000;
const TAKEN_LIMIT_MS = 2_000;

/** Enter is pressed once more where the box still holds the very text: so many times at most. */
const MORE_ENTERS = 2;

/** How often it is looked whether the prompt is there by now: milliseconds. */
const WAIT_POLL_MS = 200;

const ENTER = '\r';

/** What is typed, and when. */
export interface SendOptions {
  text: string;
  /** Whether Enter follows. */
  submit: boolean;
  /** Send nothing unless the agent is doing this at this moment. */
  onlyIf?: Activity | undefined;
  /** Type it whatever the screen shows, and press Enter. */
  force?: boolean | undefined;
  /** For how long to wait for the agent's empty prompt, in milliseconds; not at all by default. */
  waitMs?: number | undefined;
  /** Send it although the agent would take it for a command of its own. */
  command?: boolean | undefined;
}

/**
 * What became of a text. `submitted`: the agent took it (of a program whose screen nobody can read: Enter was pressed).
 * `typed`: it stands in the box, or was typed, and was not submitted. `refused`: nothing was typed.
 */
export interface SendResult {
  outcome: 'submitted' | 'typed' | 'refused';
  /** Why, in one line. */
  detail: string;
  /** The open dialog, where that is why. */
  dialog: Dialog | null;
  /** The last rows of the screen; empty where it can't be read. */
  screen: string[];
}

/**
 * Types text into a session's program, verbatim. At an agent whose screen is known it types only into the empty prompt,
 * with no dialog open, and presses Enter only once the whole text stands there.
 * @throws {ProgramGoneError | InvalidRequestError | RuntimeError | StoreError}
 */
export async function sendText(
  context: ControlContext,
  session: Session,
  options: SendOptions,
): Promise<SendResult> {
  const { onlyIf, force = false } = options;
  const terminal = await openAgentTerminal(context, session);
  if (onlyIf !== undefined) {
    const activity = await currentActivity(context, session);
    if (activity !== onlyIf)
      return refused(
        `it is ${activity ?? 'of unknown activity'}, not ${onlyIf}`,
        await lookIfKnown(terminal),
      );
  }
  return withRecordLock(
    context.sessions.layout,
    sessionKey(session),
    () =>
      terminal.rules && !force
        ? sendToAgent(terminal, terminal.rules.typing, options)
        : sendBlind(context, terminal, options),
    // Two that type at once would mix their words.
    { purpose: 'send' },
  );
}

/** What it does, where the loop, which remembers more, does not know better. */
async function currentActivity(context: ControlContext, session: Session): Promise<Activity | null> {
  if (session.activity === 'waiting_input') return session.activity;
  return session.handle && readActivity(context, session, session.handle);
}

const lookIfKnown = (terminal: AgentTerminal): Promise<TuiReading | null> =>
  terminal.rules ? terminal.look() : Promise.resolve(null);

const result = (outcome: SendResult['outcome'], detail: string, seen: TuiReading | null): SendResult => ({
  ...{ outcome, detail },
  ...{ dialog: seen?.dialog ?? null, screen: seen?.bottom ?? [] },
});

const refused = (detail: string, seen: TuiReading | null): SendResult => result('refused', detail, seen);

/** A program whose screen nobody can read, or `force`: the text, and Enter after it. */
async function sendBlind(
  context: ControlContext,
  { session, rules, ended }: AgentTerminal,
  { text, submit, force = false }: SendOptions,
): Promise<SendResult> {
  if (ended !== null && !force)
    return refused(`its agent has ended, and a shell would run the text: ${ended}`, null);
  const { handle, runtime } = session;
  if (handle) await findHost(runtime, context).send(handle, text, { submit });
  if (!submit) return result('typed', 'it was typed, without Enter', null);
  const how = rules ? 'it was typed whatever the screen showed' : 'it was typed';
  return result('submitted', `${how}, and Enter was pressed`, null);
}

async function sendToAgent(
  terminal: AgentTerminal,
  typing: TypingRules,
  { text, submit, waitMs = 0, command = false }: SendOptions,
): Promise<SendResult> {
  const why = objection(text, typing, { command });
  if (why !== null) return refused(why, await terminal.look());
  const place = await findPlace(terminal, { text, waitMs });
  if (place.type === 'none') return refused(place.why, place.reading);
  if (place.type === 'empty') await terminal.paste(text);
  const pastedAt = performance.now();
  let last = place.reading;
  const shown = await terminal.lookUntil((seen) => {
    last = seen;
    if (seen.dialog) return seen;
    return showsText(seen, text) ? seen : null;
  }, SHOWN_LIMIT_MS);
  if (shown?.dialog)
    return result('typed', 'a dialog opened while it was typed: nothing was confirmed', shown);
  if (!shown) return result('typed', 'it was typed, and does not stand in the prompt word for word', last);
  if (!submit) return result('typed', 'it stands in the prompt, not submitted', shown);
  await delay(Math.max(0, typing.enterGuardMs - (performance.now() - pastedAt)));
  return pressEnter(terminal, text);
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Why a text can't be sent as it is; null if it can. */
function objection(
  text: string,
  { commands, refused: unfit = [] }: TypingRules,
  { command }: { command: boolean },
): string | null {
  if (text.trim() === '') return 'there is no text to send: Enter alone would submit what others typed';
  if (CONTROL.test(text)) return 'the text holds control characters, which are keys to the agent';
  const unsendable = unfit.find(({ when }) => when.test(text));
  if (unsendable) return `it can't be sent word for word: ${unsendable.why}`;
  const taken = command ? undefined : commands.find(({ when }) => when.test(text));
  return taken
    ? `the agent would take it for a command of its own (it ${taken.what}): say --command if it is one`
    : null;
}

type Place =
  { type: 'empty' | 'filled'; reading: TuiReading } | { type: 'none'; why: string; reading: TuiReading };

/** Waits for a prompt that is empty, or holds the text already. */
async function findPlace(
  terminal: AgentTerminal,
  { text, waitMs }: { text: string; waitMs: number },
): Promise<Place> {
  const end = performance.now() + waitMs;
  for (;;) {
    const reading = await terminal.look();
    const place = judgePlace(terminal, reading, text);
    if (place.type !== 'none' || terminal.ended !== null || performance.now() >= end) return place;
    await delay(WAIT_POLL_MS);
  }
}

function judgePlace({ ended }: AgentTerminal, reading: TuiReading, text: string): Place {
  const { dialog, composer } = reading;
  const none = (why: string): Place => ({ type: 'none', why, reading });
  if (ended !== null) return none(`its agent has ended, and a shell would run the text: ${ended}`);
  if (dialog) return none(`a dialog is open (${dialog.kind}): answer it with vitals answer`);
  if (!composer) return none('its prompt is not on the screen');
  if (composer.isStarting === true) return none('its program still starts, and would not take Enter');
  if (composer.isEmpty) return { type: 'empty', reading };
  if (!composer.isPaste && holdsText(composer, text)) return { type: 'filled', reading };
  return none(`somebody's draft stands in its prompt: ${JSON.stringify(composer.text.slice(0, 60))}`);
}

async function pressEnter(terminal: AgentTerminal, text: string): Promise<SendResult> {
  for (let presses = 0; presses <= MORE_ENTERS; presses += 1) {
    // At the last instant, since a dialog would take the key.
    const now = await terminal.look();
    if (now.dialog) return result('typed', 'a dialog opened before Enter: nothing was confirmed', now);
    if (!showsText(now, text)) {
      return presses > 0 && isTaken(now, text)
        ? result('submitted', 'the agent took it', now)
        : result('typed', 'the prompt changed before Enter', now);
    }
    await terminal.press(ENTER);
    const taken = await terminal.lookUntil((seen) => (isTaken(seen, text) ? seen : null), TAKEN_LIMIT_MS);
    if (taken) return result('submitted', 'the agent took it', taken);
  }
  return result('typed', 'it stands in the prompt, and Enter does not submit it', await terminal.look());
}

/** Whether the box has let go of the text: it is empty, or a dialog or another text stands there. */
const isTaken = ({ composer, dialog }: TuiReading, text: string): boolean =>
  dialog !== null || composer?.isEmpty === true || (composer !== null && !holdsText(composer, text));

/** A text that long may push the first row of its box off the screen. */
const LONG_TEXT = 400;
const LONG_TAIL_LENGTH = 40;

/** Whether the box holds this text; of a long one it is enough that its end stands at the bottom of the screen. */
function showsText({ composer, dialog, bottom }: TuiReading, text: string): boolean {
  if (composer) return holdsText(composer, text);
  const tail = squeeze(text).slice(-LONG_TAIL_LENGTH);
  return (
    dialog === null &&
    text.length >= LONG_TEXT &&
    squeeze(bottom.join('').replace(/[│┃║|]/g, '')).includes(tail)
  );
}

/** As much of a text's end as must be seen where a box shows only a part of it. */
const TAIL_LENGTH = 12;

/** Whether a box holds this text and nothing else, as far as it shows. */
export function holdsText(composer: Composer | null, text: string): boolean {
  if (!composer || composer.isEmpty) return false;
  if (composer.isPaste) return true;
  const [shown, whole] = [squeeze(composer.text), squeeze(text)];
  if (shown === whole) return true;
  return shown.length >= TAIL_LENGTH && whole.endsWith(shown);
}

/** A text without white space, which a box breaks where it likes, and without what terminals draw as nothing. */
const squeeze = (text: string): string =>
  text.normalize('NFC').replace(/[\s\u200b-\u200d\ufe0e\ufe0f]+/g, '');
