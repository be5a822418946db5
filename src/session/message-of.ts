/** What went wrong, in one line. */
export function messageOf(error: unknown): string {
  const text = hasMessage(error) ? error.message : String(error);
  return text.replace(/\s*\n\s*/g, ' ');
}

const hasMessage = (error: unknown): error is { message: string } =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
