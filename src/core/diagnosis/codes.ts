/** All codes, causes before consequences. Findings are listed in this order. */
export const codes = [
  // Configuration and launch: no process ran.
  'not-launched',
  'setup-failed',
  'cannot-stop',
  'port-forbidden',
  'wrong-checkout',
  'address-in-use',
  // Something else ended it.
  'killed-by-command',
  'killed-from-outside',
  // The output of the service names the cause.
  'docker-off',
  'line-endings',
  'not-executable',
  'moved-environment',
  'missing-preload',
  'native-module',
  'stale-pid-file',
  'in-background',
  'wrong-folder',
  'missing-command',
  'missing-dependency',
  'syntax-error',
  'missing-env',
  'watcher-limit',
  'out-of-memory',
  // A dependency.
  'database-missing',
  'database-login',
  'migrations-pending',
  'dependency-down',
  // It runs, but not as a whole, or not without an answer.
  'part-ended',
  'waiting-for-input',
  // Which process answers, and how.
  'foreign-owner',
  'several-listeners',
  'stopped-process',
  'terminal-blocked',
  'waits-for-debugger',
  'wrong-port',
  'reloader-alone',
  'wrong-family',
  'bound-to-loopback',
  'compose-port',
  'hung',
  'close-wait',
  'https-expected',
  'http-expected',
  'not-http',
  'bad-status',
  'bad-body',
  'probe-failed',
  // It works, and so does something that it is easily taken for.
  'second-copy',
  // How it ended, where no code above explains it.
  'forced-shutdown',
  'crash-loop',
  'crashed',
  'not-listening',
  'not-running',
  // It works, but something around it does not.
  'proxy-mismatch',
  'env-mismatch',
  'cors-origin',
  'slow',
  'terminal-lost',
] as const;

export type Code = (typeof codes)[number];
