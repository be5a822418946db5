import yargs from 'yargs';
import { allCommands } from './all-commands.js';
import { toModule } from './command.js';
import { reportError } from './report-error.js';
import { shieldWords, unshield } from './shielded-words.js';
import { skipOptions } from './skip-options.js';
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
  const { argv: words, text } = takeVerbatimText(commandLine);
  let exitCode = 0;
  const commands = allCommands({ text });
  const name = words[skipOptions(words, 0)];
  const runsAnother = commands.some(
    ({ command, takesCommand }) => takesCommand && command.split(' ')[0] === name,
  );
  const argv = runsAnother ? words : shieldWords(words);
  const parser = yargs(argv)
    .scriptName('vitals')
    .detectLocale(false)
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
    .command(
      commands.map((command) =>
        toModule(command, (code) => {
          exitCode = code;
        }),
      ),
    )
    .strict()
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      throw error ?? new UsageError(`${String(unshield(message))}; see vitals --help`);
    })
    .help()
    .alias('help', 'h')
    .version(readVersion());
  if (words[0] === 'complete') {
    const { printCompletions } = await import('../completion/print-completions.js');
    return printCompletions(commands, words.slice(2));
  }
  if (argv.length === 0) parser.showHelp('log');
  else await parser.parseAsync();
  return exitCode;
}
