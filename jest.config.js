/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  roots: ['<rootDir>/test'],
  testSequencer: '<rootDir>/test/sequencer.js',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|content-disposition)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/var/'],
  // a global costs the sandbox a slow look-up each time; these come as parameters of each module
  sandboxInjectedGlobals: [
    ...['Array', 'BigInt', 'Boolean', 'Buffer', 'Error', 'Float64Array', 'Int32Array', 'JSON', 'Map', 'Math', 'Number'],
    ...['Object', 'Promise', 'RegExp', 'Set', 'String', 'Symbol', 'Uint8Array'],
  ],
  testTimeout: 60_000,
  maxWorkers: 3,
};
