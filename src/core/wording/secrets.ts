/** What has the shape of a secret, in command lines, addresses and output. Every quantifier that can fail is bounded: the text is not trusted. */

/** Stands where a secret was. It is translated only where the user reads it. */
export const removed = '[removed]';

/** Removes everything that has the shape of a secret, for logs and files: they get copied into bug reports. */
export const withoutSecrets = (text: string): string =>
  shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), text);

/** Removes user names, passwords and tokens from addresses, and nothing else: for text in which a user looks for a cause. */
export const withoutCredentials = (text: string): string =>
  credentialShapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), text);

const credentialShapes: readonly (readonly [RegExp, string])[] = [
  // https://user:password@host
  [/(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@:"']{0,128}:[^\s@"']{0,128}@/gi, `$1${removed}@`],
  // https://token@host
  [/(\bhttps?:\/\/)[^\s/@:"']{8,128}@/gi, `$1${removed}@`],
];

const shapes: readonly (readonly [RegExp, string])[] = [
  ...credentialShapes,
  // ?token=…, password: …, "api_key": "…", SECRET_KEY=…
  [
    /((?:secret|passw(?:or)?d|passphrase|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|signature|session(?:id)?)[\w.-]{0,64}["']?\s{0,8}[=:]\s{0,8}["']?)(?!\[removed\])[^\s"'&,;]+/gi,
    `$1${removed}`,
  ],
  [/(\b(?:authorization|proxy-authorization|cookie|set-cookie)["']?\s{0,8}[:=]\s{0,8}["']?)[^\n"']+/gi, `$1${removed}`],
  [/(\b(?:Bearer|Basic)\s{1,8})[\w.~+/=-]{6,}/gi, `$1${removed}`],
  // --password hunter2, --db-password "hunter2"
  [
    /((?:^|\s)--?(?:\w{1,32}[_-]){0,3}(?:password|passwd|passphrase|token|secret|api[_-]?key|pass)(?:=|\s{1,8})["']?)(?!\[removed\])[^\s"'`]+/gi,
    `$1${removed}`,
  ],
  // JSON Web Tokens, and tokens of GitHub, GitLab, Slack, Stripe, OpenAI, AWS and Google by their prefix
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, removed],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk[_-](?:live|test|proj)?[_-]?|AKIA|ASIA|AIza)[\w-]{12,}/g, removed],
  [/-----BEGIN [A-Z ]{0,64}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,64}PRIVATE KEY-----|$)/g, removed],
];
