import { systemClock } from '../../process/system-clock.js';
import { agentHome } from '../agent-home.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { CODEX_PROGRAMS, resumesCodex } from './codex-command.js';
import { CODEX_TRANSCRIPT, type CodexState } from './codex-transcript.js';
import type { DialogTraits } from '../source/dialog-source.js';
import { CodexRollouts } from './find-codex-rollout.js';
import { Rivals } from '../rivals.js';
import { TranscriptAgent } from '../transcript/transcript-agent.js';

/** The choices of Codex's dialogs; at its prompt, what the person types has the same mark. */
const DIALOG: DialogTraits = { marked: /^[\s│]*([›❯]|▌ ?\d)/, question: /^[\s│]*[›❯▌] ?\d+\. \S/ };

/** Codex: its hooks, the bell, a dialog on its screen, its rollout (below `${CODEX_HOME:-~/.codex}`). */
export class CodexAgent extends TranscriptAgent<CodexState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const root = agentHome({ env, variable: 'CODEX_HOME', folder: '.codex' });
    const rollouts = new CodexRollouts({ root, clock, rivals, capacity });
    super(
      {
        programs: CODEX_PROGRAMS,
        dialog: DIALOG,
        format: CODEX_TRANSCRIPT,
        find: (session, { isGone }) => rollouts.find(session, { isGone }),
        forget: (key) => rollouts.forget(key),
        resumes: resumesCodex,
      },
      { ...options, clock, capacity, rivals },
    );
  }
}
