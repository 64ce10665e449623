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
    runner.on('fail', (test, error) => failures.push({ test, error }));
    runner.once('end', () => {
      const { passes = 0, failures: failed = 0 } = runner.stats ?? {};
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped, failures: failures.map(described) }));
    });
  }
};

/** The failure with what it was caused by, and what the windows showed (onFailure.ts), which a hook notes after the failure. */
function described({ test, error }) {
  const lines = [test.fullTitle(), ...stackOf(error, 12)];
  for (let cause = error?.cause, depth = 0; cause && depth < 3; cause = cause.cause, depth += 1)
    lines.push('Cause:', ...stackOf(cause, 8));
  return [...lines, ...(test.shown ?? [])].join('\n');
}

const stackOf = (error, lines) =>
  String(error?.stack ?? error?.message ?? error)
    .split('\n')
    .slice(0, lines);
