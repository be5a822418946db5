import { loadDescribedAgents } from '../agent/described/described-agents.js';
import { recogniseAgent } from '../agent/recognise-agent.js';
import { findProgram } from '../runtime/find-program.js';
import { RuntimeError } from '../runtime/runtime-error.js';
import type { Finding } from '../session/finding.js';
import { broken, ok } from '../session/make-finding.js';
import type { Checkup } from './checkup.js';

const PROGRAMS = ['claude', 'codex', 'gemini', 'opencode', 'copilot', 'qwen', 'pi', 'cline', 'cn', 'aider'];

/** Which agents are on PATH, none of which is run; and which files describe none. */
export async function checkAgents({
  agents,
  env,
  layout,
}: Pick<Checkup, 'agents' | 'env' | 'layout'>): Promise<Finding[]> {
  const known = PROGRAMS.filter((program) => recogniseAgent([program], agents) !== null);
  const found = known.filter((program) => isOnPath(program, env));
  const others = known.filter((program) => !found.includes(program));
  const missing = others.length === 0 ? '' : `not on PATH: ${others.join(', ')}`;
  const { problems } = await loadDescribedAgents(layout.agentsDirectory);
  return [
    ok('agents', [found.join(', '), missing].filter((part) => part !== '').join('; ')),
    ...problems.map(({ path, message }) =>
      broken('agents', `${path} describes no agent: ${message}`, 'see docs/describe-an-agent.md'),
    ),
  ];
}

function isOnPath(program: string, { PATH }: NodeJS.ProcessEnv): boolean {
  try {
    findProgram(program, { cwd: process.cwd(), path: PATH });
    return true;
  } catch (error) {
    if (error instanceof RuntimeError) return false;
    throw error;
  }
}
