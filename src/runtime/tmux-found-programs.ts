import type { PaneDetails, PaneListing } from 'tmux-js-bridge';
import type { FoundProgram } from './session-host.js';
import { tmuxHandle } from './tmux-handle.js';

/** The programs that a server's panes show, each once; sessions whose name begins with `ownPrefix` are passed over. */
export function foundPrograms(
  { server, panes }: PaneListing<PaneDetails>,
  { ownPrefix }: { ownPrefix: string },
): FoundProgram[] {
  if (!server) return [];
  const ids = new Set(panes.flatMap(({ paneId, sessionId }) => [paneId, sessionId]));
  const others = panes.filter(({ sessionName }) => !sessionName.startsWith(ownPrefix)).sort(bySessionAge);
  const exactNames = new Set(others.flatMap(namesOf).map(exactly));
  const paneCounts = new Map<string, number>();
  for (const { sessionId } of others) paneCounts.set(sessionId, (paneCounts.get(sessionId) ?? 0) + 1);
  return groupByPane(others).flatMap(([pane, ...again]) => {
    if (pane.isDead) return [];
    const showings = [pane, ...again];
    const names = showings.flatMap(namesOf);
    return {
      handle: tmuxHandle({ server, ...pane, exitFile: null }),
      name: nameOf(pane, { isOnly: paneCounts.get(pane.sessionId) === 1 }),
      targets: [
        pane.paneId,
        ...showings.filter(({ isActive }) => isActive).map(({ sessionId }) => sessionId),
        ...names.map(exactly),
        // A session may be called like an id: then only the exact name is its own.
        ...names.filter((name) => !ids.has(name) && !exactNames.has(name)),
      ],
      command: [pane.currentCommand],
      workspacePath: pane.currentPath === '' ? null : pane.currentPath,
    };
  });
}

/** tmux numbers its sessions in the order in which they were made. */
const bySessionAge = (one: PaneDetails, other: PaneDetails): number =>
  Number(one.sessionId.slice(1)) - Number(other.sessionId.slice(1));

/** Each pane with its places, of which it has several where several sessions show it. */
function groupByPane(panes: readonly PaneDetails[]): [PaneDetails, ...PaneDetails[]][] {
  const groups = new Map<string, [PaneDetails, ...PaneDetails[]]>();
  for (const pane of panes) {
    const group = groups.get(pane.paneId);
    if (group) group.push(pane);
    else groups.set(pane.paneId, [pane]);
  }
  return [...groups.values()];
}

/** The session's name where the pane is its only one, else the pane's place in it too. */
function nameOf(pane: PaneDetails, { isOnly }: { isOnly: boolean }): string {
  return isOnly ? pane.sessionName : `${pane.sessionName}-${pane.windowIndex}-${pane.paneIndex}`;
}

/** What a pane is called in one session: by its place, and by the session alone if it is the active one. */
const namesOf = ({ sessionName, windowIndex, paneIndex, isActive }: PaneDetails): string[] => [
  `${sessionName}:${windowIndex}.${paneIndex}`,
  ...(isActive ? [sessionName] : []),
];

/** tmux's own way to say that a name is meant, and no pattern, id or beginning of one. */
const exactly = (name: string): string => `=${name}`;
