#!/usr/bin/env node
import { listenForWriteErrors } from './output/print.js';

listenForWriteErrors();
const [command, agent, ...others] = process.argv.slice(2);
// An agent waits for its hooks at each step: of all the rest, nothing is loaded for them.
if (command === 'hook' && agent !== undefined && !agent.startsWith('-') && others.length === 0) {
  const { runHook } = await import('./run-hook.js');
  process.exitCode = await runHook(agent);
} else if (command === 'list' && (agent === undefined || agent === '--json') && others.length === 0) {
  const { runList } = await import('./run-list.js');
  process.exitCode = await runList({ json: agent === '--json' });
} else {
  const { runCommandLine } = await import('./command-line/run-command-line.js');
  process.exitCode = await runCommandLine(process.argv.slice(2));
}
