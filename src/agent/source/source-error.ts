import type { SourceReading } from './source-reading.js';

/** A source of an agent's activity that is there and can't be read, while no other one answers. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly source: string;

  constructor({ source, detail }: Pick<SourceReading, 'source' | 'detail'>) {
    super(detail);
    this.source = source;
  }
}
