// Mocha's spec reporter that also writes its counts and failures to the file named by TEST_RESULTS_FILE, so that `npm test` can add up all
// suites and end with what failed.
// A test that belongs to another system is no skip (systems.ts).
// CommonJS, because Mocha takes a reporter only as the module's own value.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

const otherSystem = /\[only on (?:linux|darwin|win32|wine)(?:, (?:linux|darwin|win32|wine))*\]/;

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.TEST_RESULTS_FILE;
    const skipped = [];
    runner.on('pending', (test) => {
      if (!otherSystem.test(test.fullTitle())) skipped.push(test.fullTitle());
    });
    const failures = [];
    runner.on('fail', (test, error) => {
      failures.push(`${test.fullTitle()}\n${error?.stack ?? error?.message ?? ''}`);
    });
    runner.once('end', () => {
      const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped, failures }));
    });
  }
};
