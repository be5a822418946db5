import type { StatusGroup } from '../text/status-group.js';

/** How a group of statuses is filled: steps of lightness that grey keeps apart, and a pattern for what is close. */
export interface Look {
  fill: string;
  /** The path of a pattern, in a square of 6, and its colour. */
  pattern: { path: string; stroke: string } | null;
}

export const LOOKS: Record<StatusGroup['name'], Look> = {
  runs: { fill: '#8fc9a3', pattern: null },
  rests: { fill: '#e6ebf2', pattern: null },
  asks: { fill: '#ffb000', pattern: { path: 'M-1 7L7 -1M-4 4L4 -4M2 10L10 2', stroke: '#5a3d00' } },
  stuck: { fill: '#7d1128', pattern: { path: 'M0 0L6 6M0 6L6 0', stroke: '#ffffff' } },
  failing: { fill: '#b5489a', pattern: { path: 'M0 1.5H6M0 4.5H6', stroke: '#ffffff' } },
  mergeable: { fill: '#2b8fb3', pattern: { path: 'M1.5 0V6M4.5 0V6', stroke: '#d8f1fa' } },
  died: { fill: '#1b1b1b', pattern: null },
  ended: { fill: '#1b1b1b', pattern: null },
};
