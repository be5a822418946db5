import debug from 'debug';

/** What the stages do, for `DEBUG=vitals:*`, on stderr. */
export const trace = {
  snapshot: debug('vitals:snapshot'),
  probe: debug('vitals:probe'),
  transition: debug('vitals:transition'),
  persist: debug('vitals:persist'),
  event: debug('vitals:event'),
};
