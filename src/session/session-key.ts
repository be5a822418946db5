/** What `id` and `projectId` must match before a path or tmux sees them. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export const DEFAULT_PROJECT_ID = 'default';

/** `projectId/id`: what everything about a session is keyed by. */
export type SessionKey = string;

/** Whether a text can name a session or a project: it is checked before a path or tmux sees it. */
export const isId = (text: string): boolean => ID_PATTERN.test(text);

/** The key of a session: `projectId/id`. */
export const sessionKey = ({ projectId, id }: { projectId: string; id: string }): SessionKey =>
  `${projectId}/${id}`;

/** Splits `projectId/id`; null if it is no key. */
export function parseSessionKey(key: string): { projectId: string; id: string } | null {
  const [projectId = '', id = '', ...rest] = key.split('/');
  return rest.length === 0 && isId(projectId) && isId(id) ? { projectId, id } : null;
}
