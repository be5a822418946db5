import { systemClock } from '../../process/system-clock.js';
import { AIDER_HISTORY, type AiderState } from './aider-history.js';
import { DEFAULT_CAPACITY, type AgentOptions } from '../agent-options.js';
import { meaningOf } from '../tui/dialog.js';
import type { TuiRules } from '../tui/tui-rules.js';
import { AiderHistories } from './find-aider-history.js';
import { Rivals } from '../rivals.js';
import { TerminalAgent } from '../terminal-agent.js';

/** How aider's screen looks: a prompt on its last line, or a question that ends in the choices. */
const AIDER_TUI: TuiRules = {
  composer: {
    line: /^((ask|code|architect|context|help|whole|u?diff(-fenced)?|patch)( multi)?|multi)?> ?$/,
    rowsBelow: 0,
    isDrawnAtWork: false,
  },
  working: [],
  composerMeansRest: true,
  marker: '❯',
  dialogs: [],
  readDialog: (rows) => {
    const asked = /^(?<question>.*) (?<choices>\(Y\)es\/\(N\)o.*)\]:\s*$/.exec(
      rows.at(-1)?.text ?? '',
    )?.groups;
    if (!asked) return null;
    const options = [...(asked['choices'] ?? '').matchAll(/\((\w)\)([^/[]*)/g)].map(
      ([, key = '', rest = '']) => ({
        ...{ label: `${key}${rest}`.trim(), number: null, key: `${key.toLowerCase()}\r` },
        meaning: meaningOf(`${key}${rest}`.trim()),
      }),
    );
    const question = asked['question'] ?? '';
    return { kind: 'permission', question, options, highlighted: null, input: 'choice', layout: 'keys' };
  },
  typing: {
    enterGuardMs: 50,
    commands: [
      { when: /^\//, what: 'runs a command of aider' },
      { when: /^!/, what: 'runs a shell command' },
    ],
  },
};

/** aider: its hooks, the bell (`--notifications`), its screen's last line, its history in the workspace. */
export class AiderAgent extends TerminalAgent<AiderState> {
  constructor({
    env = process.env,
    clock = systemClock,
    capacity = DEFAULT_CAPACITY,
    ...options
  }: AgentOptions = {}) {
    const rivals = new Rivals({ capacity });
    const histories = new AiderHistories({ env, clock, rivals, capacity });
    super(
      {
        programs: ['aider', 'aider-chat'],
        tui: AIDER_TUI,
        transcript: {
          format: AIDER_HISTORY,
          find: (session, { isGone }) => histories.find(session, { isGone }),
          // Each start begins a chat of its own in the history.
          resumes: () => false,
        },
        forget: (key) => histories.forget(key),
      },
      { ...options, clock, capacity, rivals },
    );
  }
}
