import {
  attachCommand,
  findSession,
  killSession,
  messageOf,
  sendText,
  sessionKey,
  type ControlContext,
} from '../../index.js';
import { runInTerminal } from '../terminal/run-in-terminal.js';
import type { Act } from './press-key.js';
import type { Note } from './view.js';

/** Does what was asked of a session; resolves to what became of it. */
export async function act(
  context: ControlContext,
  wanted: Extract<Act, { key: string }>,
): Promise<Note | null> {
  try {
    return await actOn(context, wanted);
  } catch (error) {
    return { tone: 'error', text: messageOf(error) };
  }
}

async function actOn(context: ControlContext, wanted: Extract<Act, { key: string }>): Promise<Note | null> {
  const session = await findSession(context.sessions, wanted.key);
  const key = sessionKey(session);
  switch (wanted.type) {
    case 'attach': {
      const code = await runInTerminal(await attachCommand(context, session));
      return code === 0 ? null : { tone: 'error', text: `attaching to ${key} ended with the code ${code}` };
    }
    case 'send':
      await sendText(context, session, { text: wanted.text, submit: true });
      return { tone: 'plain', text: `sent to ${key}` };
    case 'kill': {
      const { type, session: ended } = await killSession(context, key);
      const text = type === 'killed' ? `${key} is killed` : `${key} had ended before: it is ${ended.status}`;
      return { tone: 'plain', text };
    }
  }
}
