import type { ActivityReading } from './agent.js';

/** The reading of an agent that rang: it wants a person. */
export const bellReading = (observedAt: string): ActivityReading => ({
  activity: 'waiting_input',
  evidence: { source: 'bell', detail: 'it rang the bell, and nobody has looked since', observedAt },
});
