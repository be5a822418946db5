import type { Manual } from './manual.js';

const NO_SESSION = { 3: 'there is no such session' };

const FILTERS = 'Flags of one kind are alternatives; flags of different kinds must all fit.';

/** What the help of each command says beside its flags, by the command's name. */
export const MANUALS: Readonly<Record<string, Manual>> = {
  watch: {
    about:
      'Keys: up/down or j/k select, Enter attaches, s sends a line, a answers, x kills (asks first), / filters, ? helps, q quits. ' +
      'The sessions go on when it ends.',
    examples: [
      ['watch', 'the board, until you press q'],
      ['watch --interval 2s --stuck-after 10m', 'look more often, and tell who is stuck'],
    ],
  },
  events: {
    about: `${FILTERS} A reader that is too slow loses the oldest events, and is told how many by a lagged.`,
    examples: [
      ['events | jq -c .', 'every change, as it comes'],
      ['events --type status_changed --project shop', 'the changes of status in one project'],
      ['events --once', 'make one pass, print what it tells, and end'],
      ['events --once --cursor-file seen', 'what was told since the last time, each line once'],
      ['events --snapshot --no-follow', 'a line for each session, and the cursor to go on from'],
    ],
    exits: { 4: 'the journal does not know that cursor' },
  },
  list: {
    examples: [
      ['list', 'a table'],
      ['list --json | jq -r \'select(.status == "needs_input") | .id\'', 'who waits for you'],
    ],
  },
  spawn: {
    about: 'What stands behind -- is the command, as it is: no shell reads it.',
    examples: [
      ['spawn --id api-3 -- claude', 'start an agent under a name of your choice'],
      ['spawn --project shop --cwd ~/shop --task "fix the cart" -- codex', 'say where, and what for'],
      ['spawn --runtime process -- make test', 'a plain process, without tmux'],
    ],
  },
  adopt: {
    examples: [
      ['adopt work:1.0', 'record one pane'],
      ['adopt --all --project shop', 'record everything that runs in tmux'],
    ],
  },
  send: {
    about:
      'The one argument after ID is the text, whatever it looks like; without it, stdin is. A -- before it is left out. ' +
      'It types only into an empty prompt that it has seen, with no dialog open, and presses Enter once the whole text ' +
      'stands there. To answer a dialog, use vitals answer.',
    examples: [
      ['send api-3 "go on"', 'submit a prompt'],
      ['send --wait 30s api-3 "go on"', 'wait for the prompt first'],
      ['send --command api-3 /clear', "run one of the agent's own commands"],
      ['send api-3 < prompt.md', 'submit what stands in a file'],
    ],
    exits: {
      ...NO_SESSION,
      7: 'nothing was typed: stderr says what is there',
      8: 'it was typed, and not submitted',
    },
  },
  dialog: {
    examples: [
      ['dialog api-3', 'what it asks, and what Enter would choose'],
      ['dialog api-3 --json', 'the same, for a program'],
    ],
    exits: { ...NO_SESSION, 1: 'no dialog is open, or it failed' },
  },
  answer: {
    about:
      'yes, no and always choose the option that means that; a number chooses by number, other words by the words of an ' +
      'option. It moves the highlight there, checks it, confirms, and checks that the dialog has closed. In doubt it ' +
      'chooses nothing.',
    examples: [
      ['answer api-3 no', 'refuse what it asks for'],
      ['answer api-3 yes', 'allow it this once'],
      ['answer api-3 2', 'choose the second option'],
    ],
    exits: {
      ...NO_SESSION,
      7: 'nothing was chosen: stderr says why',
      8: 'the option was confirmed, and the dialog is still open',
    },
  },
  kill: {
    about: 'TERM first, KILL after 5 seconds. Its record stays, with the status killed.',
    examples: [['kill shop/api-3', 'end a session and all that it started']],
    exits: NO_SESSION,
  },
  attach: {
    about: 'Detach from it (C-b d, unless you changed that) to come back.',
    examples: [['attach api-3', 'show it on this terminal']],
    exits: NO_SESSION,
  },
  prune: {
    examples: [
      ['prune --dry-run', 'what would be archived'],
      ['prune --older-than 30d', 'archive what ended a month ago'],
    ],
  },
  wait: {
    about:
      'It looks itself: what a record says may be long over. All sessions that are named must have come so far; ' +
      'then their records are printed, a line of JSON each.',
    examples: [
      ['wait api-3 --until done --timeout 10m', 'until it is done'],
      ['wait a b --until done --until errored', 'until each has one of these'],
      ['wait api-3 --any-change', 'until its status or its activity changes'],
    ],
    exits: { ...NO_SESSION, 5: 'the time was up', 6: 'a session ended another way' },
  },
  on: {
    about:
      'The command gets the event as a line of JSON on stdin, and in variables, as far as the event has them:\n' +
      '  VITALS_EVENT, VITALS_SEQ, VITALS_TIME     its type, number and time\n' +
      '  VITALS_SESSION                            the session, as PROJECT/ID\n' +
      '  VITALS_SESSION_ID, VITALS_PROJECT_ID      its two parts\n' +
      '  VITALS_STATUS, VITALS_OLD_STATUS          the status, after and before\n' +
      '  VITALS_ACTIVITY, VITALS_OLD_ACTIVITY      the activity, after and before\n' +
      '  VITALS_REASON                             why it ended\n' +
      '  VITALS_EXIT_CODE, VITALS_EXIT_SIGNAL      how it ended\n' +
      '  VITALS_EVIDENCE                           how that is known\n' +
      '  VITALS_MESSAGE, VITALS_MISSED             what failed; how many events lagged\n' +
      '  VITALS_HOME                               where the records lie\n' +
      'A failure is a line on stderr, and the next event comes. No shell reads the command. When events come faster ' +
      'than it runs, the oldest go, and stderr says how many.',
    examples: [
      ['on terminated -- notify-send "a session has ended"', 'a notice for each end'],
      ['on status_changed,terminated --project shop -- ./react.sh', 'a script of yours for some events'],
    ],
  },
  timeline: {
    about: 'The picture can be printed in grey: what asks for a person has a pattern.',
    examples: [
      ['timeline --since 8h -o day.svg', 'a picture of the last eight hours'],
      ['timeline --since 1h --text', 'the last hour, in this terminal'],
      ['timeline < events.ndjson >picture.svg', 'of events that were kept'],
    ],
  },
  doctor: {
    about:
      'It changes nothing and starts no tmux server. Each finding is ok, a warning (it works, but not as it should or ' +
      'not for long) or broken, and says what mends it. With --json, each is one line with the fields check, state ' +
      '(ok, warning or broken), found and cure (null where nothing need be); vitals schema finding has their schema.',
    examples: [
      ['doctor', 'what works here, and how to mend what does not'],
      ['doctor --json | jq -r \'select(.state == "broken") | .cure\'', 'the cures alone'],
    ],
    exits: { 0: 'nothing is broken, though there may be warnings', 1: 'something is broken' },
  },
  completion: {
    examples: [
      [
        'completion bash >~/.local/share/bash-completion/completions/vitals',
        'for bash, from the next one on',
      ],
      ['completion zsh >"${fpath[1]}/_vitals"', 'for zsh'],
      ['completion fish >~/.config/fish/completions/vitals.fish', 'for fish'],
    ],
  },
  explain: {
    examples: [
      ['explain api-3', 'why it has the status that it has'],
      ['explain api-3 --json | jq .sources', 'what each source says, for a program'],
    ],
    exits: NO_SESSION,
  },
  schema: {
    examples: [
      ['schema event', 'the JSON Schema of a line of events'],
      ['schema record', 'of a session on disk'],
    ],
  },
  hooks: {
    examples: [
      ['hooks status', 'which agents say what they do'],
      ['hooks install claude-code --dry-run', 'what would be written'],
      ['hooks install claude-code --yes', 'write it, and keep what was there before'],
      ['hooks remove claude-code --yes', 'put it back as it was'],
    ],
    exits: { 1: 'it failed, which one line on stderr explains; or you said no' },
  },
  hook: {
    examples: [['hook claude-code < hook.json', 'what the agent itself does']],
    exits: { 0: 'done; also if it failed, for no agent must suffer from that', 1: null },
  },
};
