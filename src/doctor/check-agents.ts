import { recogniseAgent } from '../agent/recognise-agent.js';
import { findProgram } from '../runtime/find-program.js';
import { RuntimeError } from '../runtime/runtime-error.js';
import type { Finding } from '../session/finding.js';
import { ok } from '../session/make-finding.js';
import type { Checkup } from './checkup.js';

const PROGRAMS = ['claude', 'codex', 'gemini', 'opencode', 'copilot', 'qwen', 'pi', 'aider'];

/** Which agents are on PATH; none of them is run. */
export function checkAgents({ agents, env }: Pick<Checkup, 'agents' | 'env'>): Finding[] {
  const known = PROGRAMS.filter((program) => recogniseAgent([program], agents) !== null);
  const found = known.filter((program) => isOnPath(program, env));
  const others = known.filter((program) => !found.includes(program));
  const missing = others.length === 0 ? '' : `not on PATH: ${others.join(', ')}`;
  return [ok('agents', [found.join(', '), missing].filter((part) => part !== '').join('; '))];
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
