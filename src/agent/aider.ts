import { systemClock } from '../process/system-clock.js';
import { AIDER_HISTORY, type AiderState } from './aider-history.js';
import { DEFAULT_CAPACITY, type AgentOptions } from './agent-options.js';
import { AiderHistories } from './find-aider-history.js';
import { Rivals } from './rivals.js';
import { TranscriptAgent } from './transcript-agent.js';

/** How aider asks for a confirmation. */
const DIALOG = /\(Y\)es\/\(N\)o.*\]:\s*$/;

/** aider: its hooks, the bell (`--notifications`), a question on its screen, its history in the workspace. */
export class AiderAgent extends TranscriptAgent<AiderState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const histories = new AiderHistories({ env, clock, rivals, capacity });
    super(
      {
        programs: ['aider', 'aider-chat'],
        dialog: DIALOG,
        format: AIDER_HISTORY,
        find: (session, { isGone }) => histories.find(session, { isGone }),
        // Each start begins a chat of its own in the history.
        resumes: () => false,
      },
      { ...options, clock, capacity, rivals },
    );
  }
}
