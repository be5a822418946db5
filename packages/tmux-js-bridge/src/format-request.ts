import { formatFrame } from './frame.js';
import { joinCommands } from './join-commands.js';
import { messages } from './messages.js';
import type { TmuxCommand } from './tmux-transport.js';

/** The client takes UTF-8, as with `-u`. Source: tmux.h, `CLIENT_UTF8`. */
const utf8Flag = 0x1_0000;

// As many as fit into one frame, with room to spare.
const longestArgvBytes = 16_000;

/**
 * What a client sends that runs these commands: who it is, and their argv. It has neither terminal nor standard streams,
 * and tells nothing of its environment. Null if that can't be said in one frame. Source: tmux's client.c,
 * `client_send_identify`, and server-client.c, `server_client_dispatch_identify`; checked on 3.3a.
 */
export function formatRequest(commands: readonly TmuxCommand[]): Buffer | null {
  const argv = joinCommands(commands);
  const packed = Buffer.from(argv.map((argument) => `${argument}\0`).join(''));
  if (packed.length > longestArgvBytes || argv.some((argument) => argument.includes('\0'))) return null;
  return Buffer.concat([
    formatFrame(messages.identifyLongFlags, Buffer.concat([formatInt(utf8Flag), formatInt(0)])),
    // The server fails on a client that lacks one of these three.
    formatFrame(messages.identifyTerm, formatText('dumb')),
    formatFrame(messages.identifyTtyName, formatText('')),
    formatFrame(messages.identifyCwd, formatText('/')),
    formatFrame(messages.identifyFeatures, formatInt(0)),
    formatFrame(messages.identifyClientPid, formatInt(process.pid)),
    formatFrame(messages.identifyDone),
    formatFrame(messages.command, Buffer.concat([formatInt(argv.length), packed])),
  ]);
}

const formatText = (text: string): Buffer => Buffer.from(`${text}\0`);

function formatInt(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
