/** Every verdict, causes before consequences: in this order findings are told. */
export const codes = [
  // Configuration and launch: nothing ran at all.
  'not-launched',
  'setup-failed',
  'cannot-stop',
  'port-forbidden',
  'wrong-checkout',
  'address-in-use',
  // The service's own words for why it does not work.
  'missing-command',
  'missing-dependency',
  'syntax-error',
  'missing-env',
  'watcher-limit',
  'out-of-memory',
  // Something that it needs.
  'dependency-down',
  // Who answers, and how.
  'foreign-owner',
  'several-listeners',
  'stopped-process',
  'terminal-blocked',
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
  // How it ended, where nothing above tells why.
  'forced-shutdown',
  'crash-loop',
  'crashed',
  'not-listening',
  'not-running',
  // It works, and something about it does not.
  'proxy-mismatch',
  'env-mismatch',
  'cors-origin',
  'slow',
  'terminal-lost',
] as const;

export type Code = (typeof codes)[number];
