import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SessionManager, STATUSES, type Session, type Status } from '../index.js';

export interface RecordedHomeOptions {
  home: string;
  count: number;
  /** In turn; all that there are, unless told. */
  statuses?: readonly Status[];
}

/** A home with so many records as years of work leave them, a minute apart; nothing runs behind them. */
export function recordHome({ home, count, statuses = STATUSES }: RecordedHomeOptions): SessionManager {
  const sessions = new SessionManager({ home });
  for (let number = 0; number < count; number += 1) {
    const session = makeRecord(number, statuses[number % statuses.length] ?? 'done');
    const file = sessions.layout.sessionFile(`default/${session.id}`);
    if (number === 0) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
  }
  return sessions;
}

function makeRecord(number: number, status: Status): Session {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  return {
    format: 1,
    rev: 7,
    writtenBy: 'lifecycle',
    id: `bench-${number}`,
    projectId: 'default',
    status,
    activity: 'idle',
    agent: 'claude-code',
    agentSession: '5b0f6a52-3f5e-4c4b-9d5e-0d8a9d1c7f10',
    command: ['claude', '--session-id', '5b0f6a52-3f5e-4c4b-9d5e-0d8a9d1c7f10'],
    runtime: 'tmux',
    handle: { type: 'tmux', socket: '/run/user/1000/tmux', paneId: `%${number}`, panePid: 9_120 },
    workspacePath: '/srv/shop',
    branch: 'feat/checkout',
    task: 'mend the checkout and add a test that fails without it',
    createdAt: at,
    updatedAt: at,
    evidence: { source: 'transcript', detail: 'its turn has ended', observedAt: at },
    idleSince: null,
    exit: null,
  };
}
