import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AiderAgent } from '../../src/agent/aider/aider.js';
import type { Agent } from '../../src/agent/agent.js';
import type { AgentOptions } from '../../src/agent/agent-options.js';
import { ClaudeCodeAgent } from '../../src/agent/claude-code/claude-code.js';
import { CodexAgent } from '../../src/agent/codex/codex.js';
import { GeminiAgent } from '../../src/agent/gemini/gemini.js';
import { OpencodeAgent } from '../../src/agent/opencode/opencode.js';
import { newSession } from '../../src/control/new-session.js';
import type { Session } from '../../src/session/session.js';
import type { Recording } from './recording.js';

/** A recording's stage: the agent's own folder somewhere else, where its transcript is played again. */
export interface Stage {
  agent: Agent;
  session: Session;
  transcriptPath: string;
}

interface StageOptions extends Required<Pick<AgentOptions, 'clock' | 'hooks'>> {
  /** An empty folder. */
  home: string;
}

interface Set {
  agent: Agent;
  command: string[];
  conversation: string | null;
  transcriptPath: string;
  workspacePath: string;
}

/** Sets the stage with the very agents of the program; the transcript lies where each looks for its own. */
export async function setStage(recording: Recording, options: StageOptions): Promise<Stage> {
  const { agent, command, conversation, transcriptPath, workspacePath } = choose(recording, options);
  await mkdir(dirname(transcriptPath), { recursive: true });
  await mkdir(workspacePath, { recursive: true });
  const fields = { id: 'recording', agent: recording.agent, runtime: 'recording', command, workspacePath };
  const session = newSession({ ...fields, agentSession: conversation }, recording.beganMs);
  return { agent, session: { ...session, handle: { type: 'recording' } }, transcriptPath };
}

function choose({ agent, sessionId, transcript }: Recording, { home, clock, hooks }: StageOptions): Set {
  const workspacePath = join(home, 'work');
  const options = { clock, hooks, env: { HOME: home } };
  const id = sessionId.slice(-36);
  const set = { command: [agent], workspacePath };
  switch (agent) {
    case 'claude-code':
      return {
        ...set,
        agent: new ClaudeCodeAgent(options),
        conversation: id,
        transcriptPath: join(
          home,
          '.claude/projects',
          workspacePath.replace(/[^A-Za-z0-9]/g, '-'),
          `${id}.jsonl`,
        ),
      };
    case 'codex':
      return {
        ...set,
        agent: new CodexAgent(options),
        conversation: id,
        transcriptPath: join(home, '.codex/sessions/2026/01/01', `rollout-2026-01-01T00-00-00-${id}.jsonl`),
      };
    case 'gemini':
      return {
        ...set,
        agent: new GeminiAgent(options),
        conversation: /"sessionId":"([^"]+)"/.exec(transcript.toString('utf8', 0, 500))?.[1] ?? null,
        transcriptPath: join(home, '.gemini/tmp/work/chats/session-recording.jsonl'),
      };
    case 'aider':
      return {
        ...set,
        agent: new AiderAgent(options),
        conversation: null,
        transcriptPath: join(workspacePath, '.aider.chat.history.md'),
      };
    default: {
      const transcriptPath = join(home, 'parts.jsonl');
      return {
        ...set,
        agent: new OpencodeAgent({ ...options, exportPath: transcriptPath }),
        conversation: null,
        transcriptPath,
      };
    }
  }
}
