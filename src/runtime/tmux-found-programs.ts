import type { PaneDetails, PaneListing } from 'tmux-js-bridge';
import type { FoundProgram } from './session-host.js';
import { tmuxHandle } from './tmux-handle.js';

/** The programs that a server's panes show, each once; sessions whose name begins with `ownPrefix` are passed over. */
export function foundPrograms(
  { server, panes }: PaneListing<PaneDetails>,
  { ownPrefix }: { ownPrefix: string },
): FoundProgram[] {
  if (!server) return [];
  const shown = new Map(panes.map((pane) => [pane.paneId, pane]));
  const paneCounts = new Map<string, number>();
  for (const { sessionId } of panes) paneCounts.set(sessionId, (paneCounts.get(sessionId) ?? 0) + 1);
  return [...shown.values()]
    .filter((pane) => !pane.sessionName.startsWith(ownPrefix) && !pane.isDead)
    .map((pane) => ({
      handle: tmuxHandle({ server, ...pane, exitFile: null }),
      name: nameOf(pane, { isOnly: paneCounts.get(pane.sessionId) === 1 }),
      targets: targetsOf(pane),
      command: [pane.currentCommand],
      workspacePath: pane.currentPath === '' ? null : pane.currentPath,
    }));
}

/** The session's name where the pane is its only one, else the pane's place in it too. */
function nameOf(pane: PaneDetails, { isOnly }: { isOnly: boolean }): string {
  return isOnly ? pane.sessionName : `${pane.sessionName}-${pane.windowIndex}-${pane.paneIndex}`;
}

const targetsOf = ({
  sessionId,
  sessionName,
  windowIndex,
  paneIndex,
  paneId,
  isActive,
}: PaneDetails): string[] => [
  paneId,
  `${sessionName}:${windowIndex}.${paneIndex}`,
  ...(isActive ? [sessionName, sessionId] : []),
];
