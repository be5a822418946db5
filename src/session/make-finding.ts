import type { Finding } from './finding.js';

/** It is as it should be. */
export const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found, cure: null });

/** It works, but not as it should or not for long. */
export const warning = (check: string, found: string, cure: string): Finding => ({
  ...{ check, state: 'warning', found, cure },
});

/** It does not work. */
export const broken = (check: string, found: string, cure: string): Finding => ({
  ...{ check, state: 'broken', found, cure },
});
