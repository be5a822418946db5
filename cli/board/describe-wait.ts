import { isTerminal, type Activity, type Status } from '../../index.js';
import { describeExit } from '../text/describe-exit.js';
import type { Row } from './row.js';

const BY_STATUS: Partial<Record<Status, string>> = {
  spawning: 'its start',
  pr_open: 'its checks',
  ci_failed: 'a fix',
  review_pending: 'a review',
  changes_requested: 'a fix',
  approved: 'the merge',
  mergeable: 'the merge',
  merge_failed: 'you',
  needs_input: 'your input',
  stuck: 'you',
  idle: 'work',
};

const BY_ACTIVITY: Partial<Record<Activity, string>> = {
  ready: 'your next word',
  idle: 'your next word',
  waiting_input: 'your input',
  blocked: 'what blocks it',
};

/** What a session waits for, or how it ended; empty if it waits for nothing. */
export function describeWait({ status, activity, exit }: Row): string {
  if (isTerminal(status)) return exit === null ? '' : describeExit(exit);
  return BY_STATUS[status] ?? (activity === null ? '' : (BY_ACTIVITY[activity] ?? ''));
}
