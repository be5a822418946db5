/** One thing that was looked at: what it is, how it stands, and what mends it if it is not `ok`. */
export interface Finding {
  subject: string;
  state: 'ok' | 'warning' | 'broken';
  message: string;
  cure?: string;
}
