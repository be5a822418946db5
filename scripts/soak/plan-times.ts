const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** How the time of a soak is divided. */
export interface SoakTimes {
  beatMs: number;
  warmUpMs: number;
  /** How long a tmux server lives. */
  tmuxLifeMs: number;
  /** About how long a session lives. */
  lifeSeconds: number;
  /** How often the loop's holder is killed in the end. */
  takeovers: number;
}

/** Divides so many seconds: a short soak has the same parts as a long one, in small. */
export const planTimes = (seconds: number): SoakTimes => ({
  beatMs: clamp(seconds / 120, 0.25, 5) * 1_000,
  warmUpMs: seconds * 200,
  tmuxLifeMs: clamp(seconds / 6, 15, 240) * 1_000,
  lifeSeconds: clamp(seconds / 8, 3, 45),
  takeovers: seconds < 30 ? 0 : seconds < 300 ? 2 : 10,
});
