import type { Argv } from 'yargs';

/** What `addFilterOptions` declares. */
export interface FilterFlags {
  session: string[] | undefined;
  project: string[] | undefined;
}

/** Declares the flags by which commands pick events of some sessions. */
export const addFilterOptions = (yargs: Argv): Argv =>
  yargs
    .option('session', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'only events of this ID or PROJECT/ID (repeat for more)',
    })
    .option('project', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'only events of this project (repeat for more)',
    });
