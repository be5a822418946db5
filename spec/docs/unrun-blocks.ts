/** A block that is not run, by how it begins, and why; `scripts` are the npm scripts that it must name and that must exist. */
export interface UnrunBlock {
  page: string;
  begins: string;
  why: string;
  scripts?: readonly string[];
}

export const UNRUN_BLOCKS: readonly UnrunBlock[] = [
  {
    page: 'README.md',
    begins: 'npm ci && npm pack',
    why: 'it installs and builds this very package, with the network, for most of a minute',
  },
  {
    page: 'README.md',
    begins: 'npm ci && npm run demo',
    why: 'its second line would run this spec again; the demo is run by whoever tries a clone',
    scripts: ['demo'],
  },
  {
    page: 'docs/agents.md',
    begins: 'npm run live -- pi --short',
    why: 'it installs and runs real agents, for hours if all of it is run; spec/scripts/live.spec.ts runs its short form',
    scripts: ['live'],
  },
  {
    page: 'docs/build-on-events.md',
    begins: 'npm install',
    why: 'it installs what was packed, with the network; the blocks after it have the same packages',
  },
  {
    page: 'docs/states.md',
    begins: 'stateDiagram-v2',
    why: 'spec/scripts/states.spec.ts draws it anew and compares',
  },
  {
    page: 'docs/systemd.md',
    begins: 'systemctl --user daemon-reload',
    why: 'it changes the services of whoever runs this; spec/docs/service.spec.ts checks the unit and runs its command',
  },
  {
    page: 'packages/tmux-js-bridge/README.md',
    begins: 'npm pack --workspace tmux-js-bridge',
    why: 'it packs and installs the package, with the network',
  },
];
