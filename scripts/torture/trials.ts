import { deliveryLaw } from './delivery-law.js';
import { failingDisk } from './failing-disk.js';
import { fewDescriptors } from './few-descriptors.js';
import { fullDisk } from './full-disk.js';
import { killedBetween } from './killed-between.js';
import { lostUpdates } from './lost-updates.js';
import { powerLoss } from './power-loss.js';
import { takeover } from './takeover.js';
import { tornReads } from './torn-reads.js';
import type { Trial } from './trial.js';

/** All trials, in the order they are run. */
export const TRIALS: readonly Trial[] = [
  lostUpdates,
  tornReads,
  fullDisk,
  failingDisk,
  fewDescriptors,
  powerLoss,
  deliveryLaw,
  killedBetween,
  takeover,
];
