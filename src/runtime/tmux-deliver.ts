import { setTimeout as delay } from 'node:timers/promises';
import {
  NoServerError,
  NoSocketError,
  NotFoundError,
  OtherServerError,
  type PaneTarget,
  type TmuxServer,
} from 'tmux-js-bridge';
import type { TmuxHandle } from './tmux-handle.js';
import { paneTarget } from './tmux-pane-target.js';
import { sessionsOfPane } from './tmux-sessions-of-pane.js';

/** How long the text may take to show before Enter is pressed all the same: not every program shows what it is given. */
const SEEN_LIMIT_MS = 500;
const POLL_MS = 25;

/** As much of the text's end as fits into a line of any program's prompt. */
const TAIL_LENGTH = 16;

/** Types text into a pane, with `submit` followed by Enter, and takes back the bell that it answers wherever it is shown. */
export async function deliver(
  server: TmuxServer,
  handle: TmuxHandle,
  text: string,
  { submit }: { submit: boolean },
): Promise<void> {
  const target = paneTarget(handle);
  const before = submit ? await server.capturePane(target) : '';
  await server.pasteText(target, text, { submit: false });
  try {
    if (submit) {
      // Some programs lose an Enter that comes with the text.
      await waitUntilSeen(server, target, { tail: squeeze(text).slice(-TAIL_LENGTH), before });
      await server.pasteText(target, '', { submit });
    }
    for (const sessionId of await sessionsOfPane(server, handle)) {
      await server.clearAlerts({ ...target, sessionId });
    }
  } catch (error) {
    // The text itself may have ended the program: then nobody waits for the rest.
    if (!isGone(error)) throw error;
  }
}

const isGone = (error: unknown): boolean =>
  [NotFoundError, OtherServerError, NoServerError, NoSocketError].some((kind) => error instanceof kind);

async function waitUntilSeen(
  server: TmuxServer,
  target: PaneTarget,
  { tail, before }: { tail: string; before: string },
): Promise<void> {
  const end = performance.now() + SEEN_LIMIT_MS;
  while (performance.now() < end) {
    const screen = await server.capturePane(target);
    if (screen !== before && squeeze(screen).includes(tail)) return;
    await delay(POLL_MS);
  }
}

/** A text without white space: a screen breaks lines where it likes. */
const squeeze = (text: string): string => text.replace(/\s+/g, '');
