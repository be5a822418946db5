/** What zod finds wrong with a value, in one line. `whole` is said where it is the value itself. */
export function describeIssue(
  issue: { path: PropertyKey[]; message: string } | undefined,
  { whole }: { whole: string },
): string {
  const field = issue?.path.map(String).join('.') ?? '';
  return field === '' ? whole : `its field "${field}" is not valid: ${issue?.message ?? ''}`;
}
