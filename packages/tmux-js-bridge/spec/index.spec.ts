import * as bridge from '../src/index.js';

it('exports this and no more', () => {
  expect(Object.keys(bridge).sort()).toEqual([
    'CommandTooLongError',
    'InvalidArgumentError',
    'NameTakenError',
    'NoServerError',
    'NoSocketError',
    'NotFoundError',
    'NotInstalledError',
    'OtherServerError',
    'RefusedError',
    'TimedOutError',
    'TmuxError',
    'TmuxServer',
    'UnexpectedReplyError',
    'defaultSocketPath',
  ]);
});
