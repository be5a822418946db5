import type { Pane, PaneDetails } from './pane.js';

/**
 * The formats of a pane's record: what can't hold a space in one field, each free text in one of its own. Each variable
 * costs the server about a microsecond a pane, so there are few, and those of the dead are asked of the dead alone.
 */
export const paneFormats = [
  '#{session_id} #{pane_id} #{pane_pid} ' +
    '#{?pane_dead,1 #{pane_dead_status} #{pane_dead_signal},0  } ' +
    '#{window_bell_flag} #{window_activity}',
  '#{pane_title}',
] as const;

/** The formats of the record of a pane with its details. */
export const paneDetailsFormats = [
  ...paneFormats,
  '#{window_id} #{window_index} #{pane_index} #{window_active} #{pane_active}',
  '#{session_name}',
  '#{pane_current_command}',
  '#{pane_current_path}',
] as const;

const facts = /^(\$\d+) (%\d+) (\d+) ([01]) (\d*) (\d*) ([01]) (\d*)$/;
const places = /^(@\d+) (\d+) (\d+) ([01]) ([01])$/;

/** Reads a record of `paneFormats`; null if it is none. */
export function readPane([head = '', title]: readonly string[]): Pane | null {
  const match = facts.exec(head);
  if (!match || title === undefined) return null;
  const [, sessionId = '', paneId = '', pid, dead, status = '', signal = '', bell, output = ''] = match;
  return {
    sessionId,
    paneId,
    panePid: Number(pid),
    isDead: dead === '1',
    deadStatus: readNumber(status),
    deadSignal: readNumber(signal),
    hasBell: bell === '1',
    lastOutputAt: readNumber(output),
    title,
  };
}

/** Reads a record of `paneDetailsFormats`; null if it is none. */
export function readPaneDetails(fields: readonly string[]): PaneDetails | null {
  const pane = readPane(fields);
  const [, , place = '', sessionName, currentCommand, currentPath] = fields;
  const match = places.exec(place);
  if (!pane || !match || sessionName === undefined) return null;
  if (currentCommand === undefined || currentPath === undefined) return null;
  const [, windowId = '', windowIndex, paneIndex, windowActive, paneActive] = match;
  return {
    ...pane,
    windowId,
    sessionName,
    currentCommand,
    currentPath,
    windowIndex: Number(windowIndex),
    paneIndex: Number(paneIndex),
    isActive: windowActive === '1' && paneActive === '1',
  };
}

const readNumber = (digits: string): number | null => (digits === '' ? null : Number(digits));
