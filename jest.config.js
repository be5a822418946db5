import { availableParallelism } from 'node:os';

const typescript = {
  module: 'commonjs',
  moduleResolution: 'bundler',
  target: 'es2022',
  isolatedModules: true,
  esModuleInterop: true,
  strict: true,
};

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/spec', '<rootDir>/packages'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/packages/[^/]+/dist/'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: typescript }] },
  moduleNameMapper: {
    '^tmux-js-bridge$': '<rootDir>/packages/tmux-js-bridge/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testTimeout: 20_000,
  // Most specs wait for processes rather than for a core: so there are half as many again as cores.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
