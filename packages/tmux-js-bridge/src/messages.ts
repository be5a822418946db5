/** The types of the messages that a run needs. Source: tmux-protocol.h, `enum msgtype`; checked on 3.3a. */
export const messages = {
  version: 12,
  identifyTerm: 101,
  identifyTtyName: 102,
  identifyDone: 106,
  identifyClientPid: 107,
  identifyCwd: 108,
  identifyFeatures: 109,
  identifyLongFlags: 111,
  command: 200,
  exit: 203,
  shutdown: 210,
  writeOpen: 303,
  write: 304,
  writeReady: 305,
  writeClose: 306,
} as const;
