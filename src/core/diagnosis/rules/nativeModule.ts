/** A package with compiled code was built for another Node or another system. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { runInTerminal, showTerminal } from '../actions';
import { linesOf, matchSignatures, quoted } from '../output';
import { packageFolder } from '../packages/nodePackages';
import { isTroubled, value } from '../queries';
import type { Rule } from '../rule';
import { joinPath, upTo } from '../../workspaceFiles/paths';

export const nativeModule: Rule = {
  code: 'native-module',
  explains: ['missing-dependency', 'crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const matches = isTroubled(facts) ? matchSignatures(linesOf(facts), 'nativeModule') : [];
    const [match] = matches;
    if (match === undefined || !matches.some(({ line }) => /ERR_DLOPEN|NODE_MODULE_VERSION/.test(line))) return [];
    const file = matches.find(({ groups }) => groups['module'] !== undefined)?.groups['module'];
    const name = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file ?? '')?.[1]?.replace('\\', '/');
    const files = value(facts.files);
    const folders = upTo(facts.cwd, facts.spec.folder);
    const folder =
      packageFolder(facts, files) ?? folders.find((at) => files?.changed.has(joinPath(at, 'node_modules'))) ?? facts.cwd;
    const pnpm = files?.changed.has(joinPath(folder, 'pnpm-lock.yaml')) === true;
    return [
      {
        severity: 'error',
        title:
          name === undefined
            ? t('A package of {0} was compiled for another version of Node.', facts.spec.key)
            : t('The package {0} was compiled for another version of Node.', name),
        short:
          name === undefined ? brief(() => t('Built for another Node')) : brief((shown) => t('{0}: other Node', shown), name),
        detail: t(
          'Build the packages again for the Node that runs now, or use the version of Node that they were installed with.',
        ),
        evidence: matches.map(({ line }) => quoted(line)),
        actions: [runInTerminal(pnpm ? 'pnpm rebuild' : 'npm rebuild', folder), showTerminal(facts.spec.id)],
      },
    ];
  },
};
