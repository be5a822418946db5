import { explainControlEnd } from '../src/explain-control-end.js';

const end = { stderr: '', refusal: '', wasKilled: false };

it.each([
  ['unreachable', { stderr: 'no server running on /s\n' }],
  ['unreachable', { stderr: 'error connecting to /s (No such file or directory)\n' }],
  ['unreachable', { wasKilled: true }],
  ['unwelcome', {}],
  ['refused', { refusal: 'command new-session: unknown flag -f\n' }],
  ['refused', { stderr: 'access not allowed\n' }],
  ['refused', { cause: new Error('spawn ENOENT') }],
])('calls it %s: %j', (type, facts) => {
  expect(explainControlEnd({ ...end, ...facts })).toEqual({ type });
});
