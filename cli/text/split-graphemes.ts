const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text in what people take for its characters. */
export const splitGraphemes = (text: string): string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);
