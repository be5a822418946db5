import type { Status } from '../../index.js';

/** Statuses that ask the same of a person, in the order of how much they ask. */
export const STATUS_GROUPS = [
  { name: 'asks', sign: '?', count: 'need input', legend: 'needs input' },
  { name: 'stuck', sign: '!', count: 'stuck', legend: 'stuck' },
  { name: 'failing', sign: '~', count: 'failing', legend: 'checks or review failed' },
  { name: 'mergeable', sign: '>', count: 'to merge', legend: 'ready to merge' },
  { name: 'runs', sign: '*', count: 'at work', legend: 'at work' },
  { name: 'rests', sign: '.', count: 'waiting', legend: 'waiting' },
  { name: 'died', sign: 'x', count: 'died', legend: 'died' },
  { name: 'ended', sign: '+', count: 'done', legend: 'done' },
] as const;

export type StatusGroup = (typeof STATUS_GROUPS)[number];

const NAMES: Record<Status, StatusGroup['name']> = {
  needs_input: 'asks',
  stuck: 'stuck',
  merge_failed: 'stuck',
  ci_failed: 'failing',
  changes_requested: 'failing',
  approved: 'mergeable',
  mergeable: 'mergeable',
  spawning: 'runs',
  working: 'runs',
  pr_open: 'runs',
  review_pending: 'rests',
  idle: 'rests',
  errored: 'died',
  killed: 'died',
  terminated: 'died',
  done: 'ended',
  merged: 'ended',
  cleanup: 'ended',
};

/** The group of a status. */
export function groupOf(status: Status): StatusGroup {
  const name = NAMES[status];
  return STATUS_GROUPS.find((group) => group.name === name) ?? STATUS_GROUPS[0];
}
