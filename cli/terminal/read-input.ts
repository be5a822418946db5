import { text } from 'node:stream/consumers';

/** All of stdin, less one newline at its end. */
export const readInput = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');
