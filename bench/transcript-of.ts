import { join } from 'node:path';

/** Where Claude Code keeps the transcript of a conversation. */
export const transcriptOf = (configDir: string, workspacePath: string, conversation: string): string =>
  join(configDir, 'projects', workspacePath.replace(/[^A-Za-z0-9]/g, '-'), `${conversation}.jsonl`);
