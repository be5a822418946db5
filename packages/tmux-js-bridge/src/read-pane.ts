import type { Pane, PaneDetails } from './pane.js';

/** The formats of a pane's record: what can't hold a space in one field, each free text in one of its own. */
export const paneFormats = [
  '#{session_id} #{window_id} #{pane_id} #{pane_pid} #{pane_dead} #{pane_dead_status} #{pane_dead_signal} ' +
    '#{window_bell_flag} #{window_activity}',
  '#{pane_title}',
] as const;

/** The formats of the record of a pane with its details. */
export const paneDetailsFormats = [
  ...paneFormats,
  '#{window_index} #{pane_index} #{window_active} #{pane_active}',
  '#{session_name}',
  '#{pane_current_command}',
  '#{pane_current_path}',
] as const;

const facts = /^(\$\d+) (@\d+) (%\d+) (\d+) ([01]) (\d*) (\d*) ([01]) (\d*)$/;
const places = /^(\d+) (\d+) ([01]) ([01])$/;

/** Reads a record of `paneFormats`; null if it is none. */
export function readPane([head = '', title]: readonly string[]): Pane | null {
  const match = facts.exec(head);
  if (!match || title === undefined) return null;
  const [
    ,
    sessionId = '',
    windowId = '',
    paneId = '',
    pid,
    dead,
    status = '',
    signal = '',
    bell,
    output = '',
  ] = match;
  return {
    sessionId,
    windowId,
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
  const [, windowIndex, paneIndex, windowActive, paneActive] = match;
  return {
    ...pane,
    sessionName,
    currentCommand,
    currentPath,
    windowIndex: Number(windowIndex),
    paneIndex: Number(paneIndex),
    isActive: windowActive === '1' && paneActive === '1',
  };
}

const readNumber = (digits: string): number | null => (digits === '' ? null : Number(digits));
