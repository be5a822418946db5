import { join } from 'node:path';

/** Where the lease of a home lies. */
export const leaseDirectory = (home: string): string => join(home, 'lease');

/** The lock that is the lease. */
export const leaseLock = (home: string): string => join(leaseDirectory(home), 'holder');

/** What the holder leaves: its interval, and, as the time of its last change, when its last pass ended. */
export const pulseFile = (home: string): string => join(leaseDirectory(home), 'pulse.json');

/** Where others ask the holder for a pass. */
export const requestDirectory = (home: string): string => join(leaseDirectory(home), 'requests');
