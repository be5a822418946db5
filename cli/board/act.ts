import {
  answerDialog,
  attachCommand,
  findSession,
  killSession,
  messageOf,
  readDialog,
  sendText,
  sessionKey,
  type ControlContext,
} from '../../index.js';
import { runInTerminal } from '../terminal/run-in-terminal.js';
import type { Act } from './press-key.js';
import type { Note } from './view.js';

/** What a session asks and how it can be answered, in one line; or why there is nothing to answer. */
export async function ask(context: ControlContext, name: string): Promise<{ asks: string } | { note: Note }> {
  try {
    const { dialog } = await readDialog(context, await findSession(context.sessions, name));
    if (!dialog) return { note: { tone: 'plain', text: `${name} has no dialog open` } };
    const options = dialog.options.map(({ label, number }, index) => `${number ?? index + 1} ${label}`);
    const question = dialog.question.split('\n').at(-1) ?? '';
    return { asks: `${question} [${options.join(' | ')}]` };
  } catch (error) {
    return { note: { tone: 'error', text: messageOf(error) } };
  }
}

/** Does what was asked of a session; resolves to what became of it. */
export async function act(context: ControlContext, wanted: Deed): Promise<Note | null> {
  try {
    return await actOn(context, wanted);
  } catch (error) {
    return { tone: 'error', text: messageOf(error) };
  }
}

/** What is done to a session, besides asking it. */
export type Deed = Exclude<Extract<Act, { key: string }>, { type: 'ask' }>;

async function actOn(context: ControlContext, wanted: Deed): Promise<Note | null> {
  const session = await findSession(context.sessions, wanted.key);
  const key = sessionKey(session);
  switch (wanted.type) {
    case 'attach': {
      const code = await runInTerminal(await attachCommand(context, session));
      return code === 0 ? null : { tone: 'error', text: `attaching to ${key} ended with the code ${code}` };
    }
    case 'send': {
      const { outcome, detail } = await sendText(context, session, { text: wanted.text, submit: true });
      return outcome === 'submitted'
        ? { tone: 'plain', text: `sent to ${key}` }
        : { tone: 'error', text: `${outcome === 'typed' ? 'typed, not submitted' : 'not sent'}: ${detail}` };
    }
    case 'answer': {
      const { outcome, detail } = await answerDialog(context, session, wanted.text);
      return { tone: outcome === 'answered' ? 'plain' : 'error', text: `${key}: ${detail}` };
    }
    case 'kill': {
      const { type, session: ended } = await killSession(context, key);
      const text = type === 'killed' ? `${key} is killed` : `${key} had ended before: it is ${ended.status}`;
      return { tone: 'plain', text };
    }
  }
}
