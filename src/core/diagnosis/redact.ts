/** Removes secrets from a text that leaves the machine. */
import { t } from '../wording/l10n';
import { value } from './queries';
import type { Facts } from './facts';
import { envEntries } from '../workspaceFiles/envFile';
import { isEnvFile } from '../workspaceFiles/wiring';
import { nameOf } from '../workspaceFiles/paths';

/** Replaces a secret until all are found; only then is it translated. */
const removed = '[removed]';

/** Names of variables whose values are secret. `KEY` alone would match `KEYBOARD` as well. */
const secretName =
  /(?:SECRET|PASSW(?:OR)?D|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH|SALT|(?:^|_)(?:KEY|PWD|PASS|DSN)$)/i;

/** Returns the values of the service's variables that have the name of a secret. */
export function secretsOf(facts: Facts): readonly string[] {
  const files = [...(value(facts.files)?.texts ?? [])].filter(([file]) => isEnvFile(nameOf(file)));
  const entries = [
    ...Object.entries(facts.spec.env),
    ...files.flatMap(([, text]) => envEntries(text).map((entry) => [entry.name, entry.value])),
  ];
  return entries.flatMap(([name = '', secret = '']) => (secretName.test(name) && secret.length >= 4 ? [secret] : []));
}

/** Removes `secrets` everywhere, and everything else that has the shape of a secret. */
export function redact(text: string, secrets: readonly string[]): string {
  // Longest first: one secret may be part of another.
  const known = [...new Set(secrets)]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, removed), text);
  const redacted = shapes.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), known);
  return redacted.replaceAll(removed, t('[removed]'));
}

const shapes: readonly (readonly [RegExp, string])[] = [
  // https://user:password@host
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@:"']*:[^\s@"']*@/gi, `$1${removed}@`],
  // https://token@host
  [/(\bhttps?:\/\/)[^\s/@:"']{8,}@/gi, `$1${removed}@`],
  // ?token=…, password: …, "api_key": "…", SECRET_KEY=…
  [
    /((?:[?&]|\b)[\w.-]*(?:secret|passw(?:or)?d|passphrase|token|credential|api[_-]?key|access[_-]?key|private[_-]?key|signature|session(?:id)?)[\w.-]*["']?\s*[=:]\s*["']?)(?!\[removed\])[^\s"'&,;]+/gi,
    `$1${removed}`,
  ],
  [/(\b(?:authorization|proxy-authorization|cookie|set-cookie)["']?\s*[:=]\s*["']?)[^\n"']+/gi, `$1${removed}`],
  [/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/gi, `$1${removed}`],
  // --password hunter2
  [/(\s--?(?:password|passwd|token|secret|api-key|pass)[= ])(?!\[removed\])[^\s"'`]+/gi, `$1${removed}`],
  // JSON Web Tokens, and tokens of GitHub, GitLab, Slack, Stripe, OpenAI, AWS and Google by their prefix
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, removed],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk[_-](?:live|test|proj)?[_-]?|AKIA|ASIA|AIza)[\w-]{12,}/g, removed],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, removed],
];
