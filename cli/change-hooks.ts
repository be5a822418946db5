import { applyHookPlan, diffLines, findOwnProgram, planHooks, type HookPlan } from '../index.js';
import { confirm } from './terminal/confirm.js';
import { print } from './output/print.js';
import { printableLines } from './text/printable-lines.js';
import { say } from './output/say.js';

export interface ChangeHooksOptions {
  agent: string;
  action: 'install' | 'remove';
  yes: boolean;
  dryRun: boolean;
}

/** Shows how an agent's settings are to change and, once that is agreed to, changes them; resolves to the exit code. */
export async function changeHooks({ agent, action, yes, dryRun }: ChangeHooksOptions): Promise<number> {
  const program = findOwnProgram({
    path: process.env['PATH'],
    script: process.argv[1] ?? '',
    interpreter: process.execPath,
  });
  const plan = await planHooks({ agent, action, program, env: process.env });
  const { path } = plan.file;
  if (!plan.isChange) {
    say(action === 'install' ? `${path} has the hooks already` : `${path} has no hooks of vitals`);
    return 0;
  }
  await print(`${path}\n${printableLines(diffLines(plan.file.text ?? '', plan.after ?? ''))}`);
  if (dryRun) return 0;
  if (!yes && !(await confirm(`write this to ${path}?`))) {
    say('nothing was changed');
    return 1;
  }
  await applyHookPlan(plan);
  say(describe(plan));
  return 0;
}

function describe({ action, agent, file, after, backupPath, keepsBackup, advice }: HookPlan): string {
  const done = action === 'install' ? `installed the hooks of ${agent}` : `removed the hooks of ${agent}`;
  const gone = after === null ? `; ${file.path}, which held nothing else, is gone` : '';
  const backup = keepsBackup ? `; what was there before is kept in ${backupPath}` : '';
  return `${done}${gone}${backup}${advice === null ? '' : `; ${advice}`}`;
}
