/** How a session ends: by its own last step, or by who comes first. */
export const FATES = ['own', 'process_killed', 'tmux_killed', 'killed', 'killed_by_command'] as const;

export type Fate = (typeof FATES)[number];

/** What is to become of a session. */
export interface Life {
  /** How it comes to be recorded. */
  birth: 'spawned' | 'spawned_by_command' | 'adopted';
  agent: 'claude-code' | 'screen';
  /** What its program is told to do. */
  steps: string[];
  fate: Fate;
  /** When it is ended at the latest, in milliseconds after its birth. */
  endsAfterMs: number;
}

const OWN_ENDS = ['exit=0', 'exit=0', 'exit=3', 'signal=TERM', 'signal=KILL'];
const HOOKS = ['UserPromptSubmit', 'PermissionRequest', 'Stop'];

/** How far beyond its steps a session that ends by itself may live: it may wait for an answer that never comes. */
const PATIENCE = 3;

/** Makes up a life of about so many seconds. */
export function makeLife(random: () => number, lifeSeconds: number): Life {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const birth = random() < 0.85 ? 'spawned' : random() < 0.7 ? 'adopted' : 'spawned_by_command';
  // Nobody gave the conversation of an adopted one a name.
  const agent = birth !== 'adopted' && random() < 0.6 ? 'claude-code' : 'screen';
  const seconds = Math.max(2, Math.round(lifeSeconds * (0.4 + 1.2 * random())));
  const steps = [`work=${Math.ceil(seconds / 2)}`];
  if (random() < 0.4) steps.push('ask=1', `work=${Math.ceil(seconds / 4)}`);
  if (agent === 'claude-code' && random() < 0.25) steps.push(`hook=${pick(HOOKS)}`);
  steps.push(`rest=${Math.ceil(seconds / 4)}`);
  const fate = random() < 0.45 ? 'own' : pick(FATES.slice(1));
  if (fate === 'own')
    return { birth, agent, fate, steps: [...steps, pick(OWN_ENDS)], endsAfterMs: PATIENCE * seconds * 1_000 };
  return { birth, agent, fate, steps: [...steps, 'rest=3600'], endsAfterMs: seconds * 1_000 };
}
