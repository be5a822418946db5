/** A text with everything that is no plain character or space replaced, so that it can't steer a terminal. */
export const printable = (text: string): string => text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '\uFFFD');
