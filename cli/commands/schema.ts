import type { Command } from '../command-line/command.js';
import { UsageError } from '../command-line/usage-error.js';

/** `vitals schema` */
export const schema: Command<{ name: string | undefined }> = {
  command: 'schema [name]',
  describe: 'print the JSON Schema of a record, or of a line of events or doctor --json',
  builder: (yargs) =>
    yargs.positional('name', { type: 'string', describe: 'record, event or finding [event]' }),
  run: async ({ name = 'event' }) => {
    const [{ jsonSchema, SCHEMA_NAMES }, { isClosedPipe, print }] = await Promise.all([
      import('../../index.js'),
      import('../output/print.js'),
    ]);
    const known = SCHEMA_NAMES.find((one) => one === name);
    if (!known)
      throw new UsageError(`there is no schema of ${JSON.stringify(name)}: take ${SCHEMA_NAMES.join(', ')}`);
    try {
      await print(`${JSON.stringify(jsonSchema(known), null, 2)}\n`);
    } catch (error) {
      if (!isClosedPipe(error)) throw error;
    }
    return 0;
  },
};
