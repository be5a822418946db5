import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SessionManager, systemClock, type Session } from '../index.js';

/** A home with this many sessions that need no server, idle since now: a pass has nothing to write of them. */
export function standInSessions(home: string, count: number): SessionManager {
  const sessions = new SessionManager({ home });
  const now = new Date().toISOString();
  const awake = systemClock.awake?.();
  for (let number = 0; number < count; number += 1) {
    const session: Session = {
      format: 1,
      rev: 1,
      writtenBy: 'bench',
      id: `bench-${number}`,
      projectId: 'default',
      status: 'working',
      activity: 'idle',
      agent: 'screen',
      agentSession: null,
      command: ['sleep', '3600'],
      runtime: 'tmux',
      handle: { type: 'stand-in', number },
      workspacePath: home,
      branch: null,
      task: null,
      createdAt: now,
      updatedAt: now,
      evidence: { source: 'bench', detail: 'made up', observedAt: now },
      idleSince: now,
      idleClock: awake ? { since: now, boot: awake.boot, awakeMs: awake.ms } : null,
      exit: null,
    };
    const file = sessions.layout.sessionFile(`default/${session.id}`);
    if (number === 0) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(session), { mode: 0o600 });
  }
  return sessions;
}
