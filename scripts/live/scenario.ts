import { Actor } from './actor.js';
import type { Profile } from './agents/profile.js';
import type { Stage } from './stage.js';

/** Something that a person does with an agent, and what is true while they do. */
export interface Scenario {
  name: string;
  about: string;
  /** Whether this agent has what it takes; by default it has. */
  fits?: (profile: Profile) => boolean;
  /** Whether it tries commands of vitals, rather than what it says by itself. */
  isTrial?: boolean;
  play: (stage: Stage, name: string, actors: Actor[]) => Promise<void>;
}

/** A scenario of one session, which is the first of its actors. */
export const solo =
  (play: (actor: Actor) => Promise<void>): Scenario['play'] =>
  (stage, name, actors) => {
    const actor = new Actor(stage, name);
    actors.push(actor);
    return play(actor);
  };
