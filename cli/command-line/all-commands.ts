import type { Command } from './command.js';
import { adopt } from '../commands/adopt.js';
import { answer } from '../commands/answer.js';
import { attach } from '../commands/attach.js';
import { completion } from '../commands/completion.js';
import { dialog } from '../commands/dialog.js';
import { doctor } from '../commands/doctor.js';
import { events } from '../commands/events.js';
import { explain } from '../commands/explain.js';
import { hook } from '../commands/hook.js';
import { hooks } from '../commands/hooks.js';
import { kill } from '../commands/kill.js';
import { list } from '../commands/list.js';
import { on } from '../commands/on.js';
import { prune } from '../commands/prune.js';
import { schema } from '../commands/schema.js';
import { send } from '../commands/send.js';
import { spawn } from '../commands/spawn.js';
import { timeline } from '../commands/timeline.js';
import { wait } from '../commands/wait.js';
import { watch } from '../commands/watch.js';

/** All commands, in the order in which the help has them; `text` is what `send` or `answer` was given. */
export const allCommands = ({ text }: { text: string | null }): readonly Command<never>[] => [
  ...[watch, events, list, spawn, adopt, send(text), dialog, answer(text), kill, attach, prune],
  ...[wait, on, timeline, explain, doctor, completion, schema, hooks, hook],
];
