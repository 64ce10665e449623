// Plants faults in the reducer, health, retries, start order and the rules about health, and reports which of them the unit tests
// notice: `npm run mutate`.
export default {
  testRunner: 'mocha',
  mochaOptions: {
    spec: [
      'test/unit/core/lifecycle/**/*.test.ts',
      'test/unit/core/model/**/*.test.ts',
      'test/unit/app/*.test.ts',
      'test/unit/core/diagnosis/*.test.ts',
      'test/unit/core/checks/*.test.ts',
    ],
    config: 'test/support/mutation.mocharc.json',
    'no-package': true,
  },
  testRunnerNodeArgs: ['--import', 'tsx'],
  mutate: [
    'src/core/lifecycle/{alive,ended,external,pending,stopping,transition,step,backoff,startOrder}.ts',
    'src/core/model/{health,probePace}.ts',
    'src/core/checks/refusal.ts',
    'src/core/authoring/editedHealth.ts',
    'src/core/diagnosis/{startPeriod,ownTraces,closeWaits}.ts',
    'src/core/diagnosis/rules/{hung,slow,probeVerdicts,reloaderAlone,closeWait,forcedShutdown,severalListeners,boundToLoopback,wrongFamily}.ts',
  ],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  thresholds: { high: 90, low: 80, break: 80 },
  reporters: ['clear-text', 'progress'],
  tempDirName: '.cache/mutation',
  ignorePatterns: ['.cache', 'dist', 'test-results', 'test/fixtures', 'media', 'sample', '*.vsix'],
  cleanTempDir: 'always',
};
