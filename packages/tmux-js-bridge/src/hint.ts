/**
 * A reason to look now. `changed`: sessions or windows came, went or were renamed. `connected` and `disconnected`: what
 * happened in between was not heard.
 */
export interface Hint {
  type: 'changed' | 'connected' | 'disconnected';
}
