/** A transcript, or the folder it should be in, that is there but can't be read. `cause` is what the system said. */
export class TranscriptError extends Error {
  override readonly name = 'TranscriptError';
  readonly path: string;

  constructor({ path, message, cause }: { path: string; message: string; cause?: unknown }) {
    super(`cannot read the transcript ${path}: ${message}`, cause === undefined ? {} : { cause });
    this.path = path;
  }
}
