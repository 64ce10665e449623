import { brief, briefLine } from './brief';
import type { Brief } from './brief';
import { t } from './l10n';
import { asClause } from './sentence';

/** Returns the short form of a mistake in services.json: the key that it is about, else the clause before the advice. */
export function briefMistake(message: string): Brief {
  const key = /^"[^"]{1,80}"(?= )/.exec(message)?.[0];
  if (key !== undefined) return brief((name) => t('{0} is not valid', name), key);
  return briefLine(asClause(message.split(': ', 1)[0] ?? message));
}
