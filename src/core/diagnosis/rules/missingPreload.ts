/** NODE_OPTIONS loads a file before the program, and the file is missing: then no Node starts, npm included. */
import { brief } from '../../wording/brief';
import { lastPart } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { changeConfig, openConfig, showTerminal } from '../actions';
import { latestMatch, linesOf, quoted } from '../output';
import { isTroubled, value } from '../queries';
import type { Rule } from '../rule';

export const missingPreload: Rule = {
  code: 'missing-preload',
  explains: ['missing-dependency', 'missing-command', 'crashed', 'crash-loop', 'not-running'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'nodeModule') : undefined;
    const module = match?.groups['module'];
    if (match === undefined || module === undefined) return [];
    const options = facts.spec.env['NODE_OPTIONS'];
    const isNamed = options !== undefined && wordsOf(options).some((word) => word === module || word.endsWith(`=${module}`));
    const isPreloaded = linesOf(facts)
      .slice(match.at, match.at + 12)
      .some((line) => line.startsWith('- internal/preload'));
    const isInherited = options === undefined && value(facts.environment)?.has('NODE_OPTIONS') === true;
    if (!isNamed && !(isPreloaded && isInherited)) return [];
    const { id } = facts.spec;
    const rest = isNamed ? without(options, module) : '';
    const title = rest === '' ? t('Start without NODE_OPTIONS') : t('Set NODE_OPTIONS to "{0}"', rest);
    return [
      {
        severity: 'error',
        title: t('NODE_OPTIONS loads {0}, which was not found in {1}.', module, facts.cwd),
        short: brief((name) => t("NODE_OPTIONS: no '{0}'", name), lastPart(module)),
        detail: t('No Node starts with it. Correct the path (it is relative to "cwd"), or remove the option.'),
        evidence: [quoted(match.line)],
        actions: [changeConfig(title, id, { path: ['env', 'NODE_OPTIONS'], value: rest }), openConfig(id), showTerminal(id)],
      },
    ];
  },
};

const wordsOf = (options: string): readonly string[] => options.split(/\s+/).filter((word) => word !== '');

/** Removes the option with its value, whether they are one word or two. */
function without(options: string, module: string): string {
  const words = wordsOf(options);
  const isOption = (word: string | undefined): boolean =>
    /^(?:-r|--require|--import|--loader|--experimental-loader)$/.test(word ?? '');
  return words
    .filter((word, at) => {
      const isValue = word === module && isOption(words[at - 1]);
      const hasValue = isOption(word) && words[at + 1] === module;
      return !isValue && !hasValue && !word.endsWith(`=${module}`);
    })
    .join(' ');
}
