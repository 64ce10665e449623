/** Removes secrets from a text that leaves the machine. */
import { t } from '../wording/l10n';
import { removed, withoutCredentials, withoutSecrets } from '../wording/secrets';
import { value } from './queries';
import type { Facts } from './facts';
import type { Code } from './codes';
import type { Finding } from './finding';
import type { Verdict } from './rule';
import { envEntries } from '../workspaceFiles/envFile';
import { isEnvFile } from '../workspaceFiles/wiring';
import { nameOf } from '../workspaceFiles/paths';

/** Names of variables whose values are secret. `KEY` alone would match `KEYBOARD` as well. */
const secretName =
  /(?:SECRET|PASSW(?:OR)?D|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH|SALT|(?:^|_)(?:KEY|PWD|PASS|DSN)$)/i;

/** Returns the values of the service's variables that have the name of a secret; without values so short that every text has them. */
export function secretsOf(facts: Facts): readonly string[] {
  const files = [...(value(facts.files)?.texts ?? [])].filter(([file]) => isEnvFile(nameOf(file)));
  const entries = [
    ...Object.entries(facts.spec.env),
    ...files.flatMap(([, text]) => envEntries(text).map((entry) => [entry.name, entry.value])),
  ];
  return entries.flatMap(([name = '', secret = '']) => (secretName.test(name) && secret.length >= 4 ? [secret] : []));
}

/** Removes `secrets` everywhere, and everything else that has the shape of a secret. */
export const redact = (text: string, secrets: readonly string[]): string =>
  withoutSecrets(withoutKnown(text, secrets)).replaceAll(removed, t('[removed]'));

/** Removes `secrets` and the credentials of addresses from what a finding shows; other words stay, since they may name the cause. */
export function redactFinding({ short, ...finding }: Verdict & { readonly code: Code }, secrets: readonly string[]): Finding {
  const clean = (text: string): string => withoutCredentials(withoutKnown(text, secrets)).replaceAll(removed, t('[removed]'));
  const { title, detail, evidence } = finding;
  return { ...finding, short: short(clean), title: clean(title), detail: clean(detail), evidence: evidence.map(clean) };
}

/** Longest first: one secret may be part of another. */
const withoutKnown = (text: string, secrets: readonly string[]): string =>
  [...new Set(secrets)].sort((a, b) => b.length - a.length).reduce((rest, secret) => rest.replaceAll(secret, removed), text);
