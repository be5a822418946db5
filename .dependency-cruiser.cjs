/** The house's one rule, run: imports go downward, never in circles, and each dependency has one door. */
const door = (name, dependency, rooms) => ({
  name,
  severity: 'error',
  from: { pathNot: rooms },
  to: { path: `(^|/)node_modules/${dependency}/` },
});

const never = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to });

module.exports = {
  forbidden: [
    never('no-circles', '.', { circular: true }),
    never('no-unresolved', '.', { couldNotResolve: true }),
    {
      name: 'cli-imports-index-alone',
      severity: 'error',
      // What must be quick to load takes its one part of src without all the rest.
      from: {
        path: '^cli/',
        pathNot: '^cli/(run-hook|commands/list|text/render-sessions|text/describe-loop)\\.ts$',
      },
      to: { path: '^(streams|src|packages|spec|fixtures|scripts|bench)/' },
    },
    never('index-knows-no-cli', '^index\\.ts$', { path: '^(cli|spec|fixtures|scripts|bench)/' }),
    never('streams-import-src', '^streams/', {
      path: '^(cli|index\\.ts|packages|spec|fixtures|scripts|bench)',
    }),
    never('src-imports-packages', '^src/', { path: '^(cli|index\\.ts|streams|spec|fixtures|scripts|bench)' }),
    never('packages-import-nothing-of-ours', '^packages/', {
      path: '^(cli|index\\.ts|streams|src|spec|fixtures|scripts|bench)',
    }),
    never('session-is-pure', '^src/session/', { path: '^(src/(?!session/)|packages/|node:)' }),
    never('session-has-no-node', '^src/session/', { dependencyTypes: ['core'] }),
    never('store-imports-session', '^src/store/', { path: '^src/(agent|control|journal|lease)/' }),
    never('journal-stands-on-the-store', '^src/journal/', {
      path: '^src/(?!(session|store|journal)/)',
    }),
    never('lease-stands-on-the-store', '^src/lease/', {
      path: '^src/(?!(session|process|store|lease)/)',
    }),
    never('runtime-imports-session', '^src/runtime/', { path: '^src/(agent|control|store)/' }),
    never('agent-imports-ports', '^src/agent/', { path: '^src/(control)/' }),
    never('nobody-imports-the-doctor', '^src/(?!doctor/)', { path: '^src/doctor/' }),
    {
      name: 'session-imports-only-zod',
      severity: 'error',
      from: { path: '^src/session/' },
      to: { dependencyTypes: ['npm'], pathNot: '(^|/)node_modules/zod/' },
    },
    // A trial plays subscribers, and a bench times a bare Subject.
    door('rxjs-in-streams', 'rxjs', '^streams/|^scripts/torture/delivery/|^bench/delivery\\.ts$'),
    door('fs-extra-in-the-store', 'fs-extra', '^src/store/|^src/agent/transcript/transcript'),
    door('yargs-in-cli', 'yargs', '^cli/'),
    {
      name: 'bridge-in-the-tmux-runtime',
      severity: 'error',
      from: { path: '^(src|streams|index)', pathNot: '^src/runtime/tmux' },
      to: { path: '(^|/)(packages|node_modules)/tmux-js-bridge/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'default'],
    },
  },
};
