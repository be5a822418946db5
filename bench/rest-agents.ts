import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SessionManager } from '../index.js';
import { transcriptOf } from './transcript-of.js';

/** Makes every session of a home one of Claude Code's, whose turn ended an hour ago. */
export async function restAgents(sessions: SessionManager, configDir: string): Promise<void> {
  const anHourAgo = new Date(Date.now() - 3_600_000);
  const { sessions: all } = await sessions.list();
  for (const [number, session] of all.entries()) {
    const sessionId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const place = { isSidechain: false, sessionId, timestamp: anHourAgo.toISOString(), version: '2.1.235' };
    const lines = [
      { type: 'user', message: { role: 'user', content: 'Mend the checkout.' } },
      {
        type: 'assistant',
        message: {
          ...{ id: 'msg_1', role: 'assistant', stop_reason: 'end_turn' },
          content: [{ type: 'text', text: 'It is mended.' }],
        },
      },
    ];
    const path = transcriptOf(configDir, session.workspacePath ?? '', sessionId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, lines.map((line) => `${JSON.stringify({ ...place, ...line })}\n`).join(''));
    utimesSync(path, anHourAgo, anHourAgo);
    await sessions.save(
      { ...session, agent: 'claude-code', agentSession: sessionId },
      { writtenBy: 'bench' },
    );
  }
}
