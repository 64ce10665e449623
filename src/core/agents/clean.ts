/** Removes values of env files, and what has the shape of a secret, from a text that an agent reads. Names stay. */
import { removed, withoutSecrets } from '../wording/secrets';

/** Texts that are in every output, and give nothing away. */
const plainValues =
  /^(?:\d{1,5}|true|false|yes|no|on|off|null|none|debug|info|warn(?:ing)?|error|test|development|production|staging|localhost|127\.0\.0\.1|0\.0\.0\.0)$/i;

/** Shorter ones are parts of other words. */
const minValueLength = 4;

/** `values`: those of the env files of a service. */
export function cleaner(values: readonly string[]): (text: string) => string {
  const parts = values.flatMap((value) => value.split('\n')).map((value) => value.trim());
  const hidden = [...new Set(parts)]
    .filter((value) => value.length >= minValueLength && !plainValues.test(value))
    // One may be a part of another.
    .sort((a, b) => b.length - a.length);
  return (text) => withoutSecrets(hidden.reduce((rest, value) => rest.replaceAll(value, removed), text));
}
