/** A line of opencode's export: a part of a message, at its time (epoch milliseconds). */
interface TimedLine {
  line: string;
  atMs: number;
}

/** The sessions of an export, each with its parts in order: times that go back begin another session. */
export function splitParts(
  transcript: Buffer,
): { beganMs: number; transcript: Buffer; growth: { atMs: number; size: number }[] }[] {
  const sessions: TimedLine[][] = [];
  for (const line of transcript.toString('utf8').split('\n')) {
    const atMs = timeOf(line);
    if (atMs === null) continue;
    const current = sessions.at(-1);
    if (current && atMs >= (current.at(-1)?.atMs ?? 0)) current.push({ line, atMs });
    else sessions.push([{ line, atMs }]);
  }
  return sessions.map((lines) => {
    let size = 0;
    const growth = lines.map(({ line, atMs }) => ({ atMs, size: (size += Buffer.byteLength(line) + 1) }));
    const text = lines.map(({ line }) => `${line}\n`).join('');
    return { beganMs: lines[0]?.atMs ?? 0, transcript: Buffer.from(text), growth };
  });
}

function timeOf(line: string): number | null {
  return Number(/"_ts":\s*(\d+)/.exec(line)?.[1] ?? Number.NaN) || null;
}
