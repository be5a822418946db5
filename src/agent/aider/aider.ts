import { systemClock } from '../../process/system-clock.js';
import { AIDER_HISTORY, type AiderState } from './aider-history.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import type { DialogTraits } from '../source/dialog-source.js';
import { AiderHistories } from './find-aider-history.js';
import { Rivals } from '../rivals.js';
import { TranscriptAgent } from '../transcript/transcript-agent.js';

/**
 * How aider asks for a confirmation, and how its prompt looks: the last line on its screen. Its history has neither before
 * the person has answered.
 */
const DIALOG: DialogTraits = {
  marked: /\S/,
  question: /\(Y\)es\/\(N\)o.*\]:\s*$/,
  prompt: /^((ask|code|architect|context|help|whole|u?diff(-fenced)?|patch)( multi)?|multi)?>\s*$/,
};

/** aider: its hooks, the bell (`--notifications`), its screen's last line, its history in the workspace. */
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
        forget: (key) => histories.forget(key),
        // Each start begins a chat of its own in the history.
        resumes: () => false,
      },
      { ...options, clock, capacity, rivals },
    );
  }
}
