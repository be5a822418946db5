import { describeEnd } from '../../../cli/text/describe-end.js';
import type { SessionExit } from '../../../src/session/exit.js';

const at = '2026-01-01T12:00:00.000Z';

describe('describeEnd', () => {
  it.each<[string, Partial<SessionExit>, string]>([
    ['tmux', { reason: 'runtime_gone', code: 0 }, 'done'],
    ['tmux', { reason: 'runtime_gone', code: 3 }, 'failed with code 3'],
    ['tmux', { reason: 'runtime_gone', signal: 'SIGKILL' }, 'killed by SIGKILL'],
    ['tmux', { reason: 'runtime_gone' }, 'its pane is gone'],
    ['process', { reason: 'runtime_gone' }, 'its process is gone'],
    ['tmux', { reason: 'agent_exited' }, 'its agent has ended'],
    ['tmux', { reason: 'no_handle' }, 'never started'],
    ['tmux', { reason: 'killed_by_user' }, 'ended by you'],
    ['tmux', { reason: 'gone\u001b[2J home' }, 'gone\ufffd[2J home'],
  ])('in %s, %j: %s', (runtime, exit, words) => {
    expect(describeEnd({ runtime, exit: { reason: '', code: null, signal: null, at, ...exit } })).toBe(words);
  });

  it('knows of no other reason where another program wrote the end', () => {
    expect(describeEnd({ runtime: 'tmux', exit: null })).toBe('ended by someone else');
  });
});
