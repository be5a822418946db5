import { endianness } from 'node:os';

// To be on this list, a version's messages must have been seen, or its sources read. From 3.6 on, the frames' header
// differs: 32 bits of length.
const spokenVersions = new Set(['3.3', '3.3a']);

/** Whether the messages of a server of this version (its `#{version}`) are known to be ours. */
export const isSpokenVersion = (version: string): boolean =>
  endianness() === 'LE' && spokenVersions.has(version);
