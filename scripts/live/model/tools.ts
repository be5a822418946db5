import type { OfferedTool } from './dialect.js';
import type { Op } from './scripts.js';

/** Where and for whom a tool is called. */
export interface ToolPlace {
  nonce: string;
  /** The directory of the session that asked: it holds the command of the scenarios, as `auto` and as `ask`. */
  cwd: string;
}

/** The names that agents give to a tool for commands, for files, for questions, for plans. */
const NAMES = {
  run: [
    'exec_command',
    'shell_command',
    'run_shell_command',
    'run_commands',
    'execute_command',
    'Bash',
    'bash',
  ],
  edit: [
    'Write',
    'write_file',
    'write_to_file',
    'create',
    'write',
    'editor',
    'exec_command',
    'shell_command',
    'apply_patch',
  ],
  ask: [
    'AskUserQuestion',
    'ask_user_question',
    'ask_user',
    'question',
    'request_user_input',
    'ask_question',
    'ask_followup_question',
  ],
  plan: ['ExitPlanMode', 'exit_plan_mode'],
} as const;

type ToolOp = Extract<Op, { do: keyof typeof NAMES }>;

/** The call of the agent's own tool that does what a script wants; null where it offers none. */
export function chooseTool(
  op: ToolOp,
  offered: readonly OfferedTool[],
  place: ToolPlace,
): { name: string; input: Record<string, unknown> } | null {
  const tool = NAMES[op.do]
    .map((name) => offered.find((one) => one.name === name) ?? findDeferred(name, offered))
    .find(Boolean);
  if (tool === undefined) return null;
  const values = valuesFor(op, tool, place);
  const known = Object.keys(tool.parameters).filter((key) => key in values);
  return { name: tool.name, input: Object.fromEntries(known.map((key) => [key, values[key]])) };
}

/** Claude Code tells the model of some tools only when it searches for them; it runs them all the same. */
function findDeferred(name: string, offered: readonly OfferedTool[]): OfferedTool | undefined {
  const isDeferred = name === 'ExitPlanMode' && offered.some((one) => one.name === 'ToolSearch');
  return isDeferred ? { name, parameters: { plan: {} } } : undefined;
}

/** What each parameter that some agent's tool has would be. */
function valuesFor(op: ToolOp, tool: OfferedTool, place: ToolPlace): Record<string, unknown> {
  if (op.do === 'plan') {
    const plan = '# The plan\n\n1. Do this\n2. Do that\n';
    return { plan, plan_filename: 'plan.md', summary: 'The plan: do this, then that.' };
  }
  if (op.do === 'ask') return questionFor(tool);
  const path = `${place.cwd}/${place.nonce}.txt`;
  const text = 'one\ntwo\n';
  if (op.do === 'edit' && !/^(exec|shell)_command$/.test(tool.name))
    return {
      ...{ file_path: path, filePath: path, path, absolutePath: path },
      ...{ content: text, file_text: text, new_text: text, command: 'create' },
      ...{ input: patchOf(path), patch: patchOf(path) },
    };
  const line =
    op.do === 'edit'
      ? `apply_patch <<'EOF'\n${patchOf(`/var/opt/${place.nonce}.txt`)}EOF`
      : `./${op.asks ? 'ask' : 'auto'} ${op.seconds} ${place.nonce}${op.isChatty === true ? ' chatty' : ''}`;
  const asks = op.do === 'run' && op.asks;
  return {
    command: tool.parameters['command']?.type === 'array' ? ['sh', '-c', line] : line,
    cmd: line,
    commands: [line],
    description: 'a command of the scenario',
    ...{ requires_approval: true, is_background: false, mode: 'sync', initial_wait: 120 },
    ...{ yield_time_ms: 30_000, timeout_ms: 100_000 },
    ...(asks && { sandbox_permissions: 'require_escalated', justification: 'May this command run?' }),
  };
}

const patchOf = (path: string): string => `*** Begin Patch\n*** Add File: ${path}\n+one\n*** End Patch\n`;

const COLOURS = [
  { label: 'red', description: 'a warm one' },
  { label: 'blue', description: 'a cold one' },
];

function questionFor(tool: OfferedTool): Record<string, unknown> {
  const question = 'Which colour do you want?';
  const one = { id: 'colour', header: 'Colour', question, options: COLOURS, multiSelect: false };
  const names = COLOURS.map(({ label }) => label);
  return {
    questions: [tool.name === 'ask_user' ? { ...one, type: 'choice' } : one],
    question,
    choices: names,
    options: names,
    message: question,
    requestedSchema: {
      properties: { colour: { type: 'string', title: question, enum: names } },
      required: ['colour'],
    },
    allow_freeform: true,
  };
}

/** Codex returns before a long command has ended: the call that waits for it on, or null if it has ended. */
export function waitForCommand(
  lastResult: string,
  offered: readonly OfferedTool[],
): { name: string; input: Record<string, unknown> } | null {
  const session = /running with session ID (\d+)/i.exec(lastResult)?.[1];
  if (session === undefined || !offered.some(({ name }) => name === 'write_stdin')) return null;
  return { name: 'write_stdin', input: { session_id: Number(session), chars: '', yield_time_ms: 30_000 } };
}
