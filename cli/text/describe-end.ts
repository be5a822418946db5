import type { Session } from '../../index.js';
import { printable } from './printable.js';

/** Why a session ended, in plain words. */
export function describeEnd({ exit, runtime }: Pick<Session, 'exit' | 'runtime'>): string {
  if (!exit) return 'ended by someone else';
  const { reason, code, signal } = exit;
  if (reason === 'killed_by_user') return 'ended by you';
  if (signal !== null) return `killed by ${printable(signal)}`;
  if (code !== null) return code === 0 ? 'done' : `failed with code ${code}`;
  switch (reason) {
    case 'runtime_gone':
      return runtime === 'tmux' ? 'its pane is gone' : 'its process is gone';
    case 'agent_exited':
      return 'its agent has ended';
    case 'no_handle':
      return 'never started';
    default:
      return printable(reason);
  }
}
