import yargs, { type CommandModule } from 'yargs';
import type { Command } from './command.js';
import { toModule } from './command.js';
import { adopt } from './commands/adopt.js';
import { attach } from './commands/attach.js';
import { completion } from './commands/completion.js';
import { doctor } from './commands/doctor.js';
import { events } from './commands/events.js';
import { explain } from './commands/explain.js';
import { hook } from './commands/hook.js';
import { hooks } from './commands/hooks.js';
import { kill } from './commands/kill.js';
import { list } from './commands/list.js';
import { on } from './commands/on.js';
import { prune } from './commands/prune.js';
import { schema } from './commands/schema.js';
import { send } from './commands/send.js';
import { spawn } from './commands/spawn.js';
import { timeline } from './commands/timeline.js';
import { wait } from './commands/wait.js';
import { watch } from './commands/watch.js';
import type { CommandOutline } from './completion/read-flags.js';
import { reportError } from './report-error.js';
import { UsageError } from './usage-error.js';
import { takeVerbatimText } from './verbatim-text.js';
import { readVersion } from './version.js';

/** Runs one command line; resolves to the code to exit with. Errors are one line on stderr. */
export async function runCommandLine(commandLine: readonly string[]): Promise<number> {
  try {
    return await parse(commandLine);
  } catch (error) {
    return reportError(error);
  }
}

async function parse(commandLine: readonly string[]): Promise<number> {
  const { argv, text } = takeVerbatimText(commandLine);
  let exitCode = 0;
  const commands: CommandOutline[] = [];
  const module = <Own>(command: Command<Own>): CommandModule => {
    commands.push(command);
    return toModule(command, (code) => {
      exitCode = code;
    });
  };
  const parser = yargs(argv)
    .scriptName('vitals')
    .usage('$0 COMMAND\n\nKeeps the recorded state of coding-agent sessions in sync with reality.')
    .parserConfiguration({
      'populate--': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
    })
    .option('home', {
      type: 'string',
      requiresArg: true,
      describe: 'where the records lie [$VITALS_HOME, else ~/.local/state/session-vitals]',
    })
    .option('tmux-socket', {
      type: 'string',
      requiresArg: true,
      describe: 'the tmux server of spawn, adopt and doctor [the one that tmux itself would choose]',
    })
    .command(module(watch))
    .command(module(events))
    .command(module(list))
    .command(module(spawn))
    .command(module(adopt))
    .command(module(send(text)))
    .command(module(kill))
    .command(module(attach))
    .command(module(prune))
    .command(module(wait))
    .command(module(on))
    .command(module(timeline))
    .command(module(explain))
    .command(module(doctor))
    .command(module(completion))
    .command(module(schema))
    .command(module(hooks))
    .command(module(hook))
    .strict()
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      throw error ?? new UsageError(`${message}; see vitals --help`);
    })
    .help()
    .alias('help', 'h')
    .version(readVersion());
  if (argv[0] === 'complete') {
    const { printCompletions } = await import('./completion/print-completions.js');
    return printCompletions(commands, argv.slice(2));
  }
  if (argv.length === 0) parser.showHelp('log');
  else await parser.parseAsync();
  return exitCode;
}
