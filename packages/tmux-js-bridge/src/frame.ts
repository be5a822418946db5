/** One message between a tmux client and its server. */
export interface Frame {
  type: number;
  data: Buffer;
}

/** What `peerid` of every frame says. Source: tmux-protocol.h, `PROTOCOL_VERSION`. */
export const protocolVersion = 8;

/** Source: imsg.h, `IMSG_HEADER_SIZE` and `MAX_IMSGSIZE`, which counts the header. */
export const headerBytes = 16;
export const longestFrameBytes = 16_384;

const noPid = 0xffff_ffff;

/**
 * The bytes of a message, little-endian: u32 type, u16 length with the header, u16 flags, u32 protocol version, u32 pid.
 * Throws a `RangeError` for one that is too long. Source: tmux's compat/imsg.c; checked on 3.3a.
 */
export function formatFrame(type: number, data: Buffer = Buffer.alloc(0)): Buffer {
  const length = headerBytes + data.length;
  if (length > longestFrameBytes) throw new RangeError(`a frame of ${length} bytes is too long`);
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(type, 0);
  header.writeUInt16LE(length, 4);
  header.writeUInt32LE(protocolVersion, 8);
  header.writeUInt32LE(noPid, 12);
  return Buffer.concat([header, data]);
}
