/** Explains that some of several processes of a service have ended: the cause first. */
import type { EndedPart } from '../model/endedPart';
import { t } from './l10n';
import { removed, withoutCredentials } from './secrets';
import { asClause, sentences, short } from './sentence';
import { shortened } from './text';

/** In code points. */
const maxDetailLength = 200;

export const explainEnded = (parts: readonly EndedPart[]): string => sentences(...parts.map(explainPart));

function explainPart({ name, exitCode, detail }: EndedPart): string {
  const words =
    detail === undefined
      ? undefined
      : asClause(shortened(withoutCredentials(detail).replaceAll(removed, t('[removed]')), maxDetailLength));
  if (name === undefined)
    return words === undefined ? t('One of its processes has ended.') : t('{0} (one of its processes has ended).', words);
  if (exitCode === undefined)
    return words === undefined ? t('{0} has ended.', short(name)) : t('{0} ({1} has ended).', words, short(name));
  return words === undefined
    ? t('{0} has ended with exit code {1}.', short(name), exitCode)
    : t('{0} ({1} has ended with exit code {2}).', words, short(name), exitCode);
}
