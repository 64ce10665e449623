/** Python does not find a module that is part of the workspace: `cwd` or PYTHONPATH is wrong. Nothing must be installed. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { changeConfig, openConfig, showTerminal } from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { latestMatch, quoted } from '../output';
import { topOf } from '../packages/localNames';
import type { LocalName } from '../packages/localNames';
import { commandOf, isTroubled, value } from '../queries';
import { isInside, relativePath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const wrongFolder: Rule = {
  code: 'wrong-folder',
  explains: [
    'missing-dependency',
    'crashed',
    'crash-loop',
    'reloader-alone',
    'hung',
    'not-listening',
    'bad-status',
    'not-running',
  ],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'pythonModule') : undefined;
    const full = match?.groups['module'];
    if (match === undefined || full === undefined) return [];
    const module = topOf(full);
    const own = nearest(value(facts.localNames)?.get(module) ?? [], facts.cwd);
    if (own === undefined) return [];
    return [
      {
        severity: 'error',
        title: t('The Python module {0} is {1} of your workspace, but Python does not search {2}.', module, own.path, own.root),
        short: brief((name) => t("'{0}' in another folder", name), module),
        detail: t(
          'Set "cwd" to that folder, or add it to PYTHONPATH. Do not install a package of this name: it would be another one.',
        ),
        evidence: [quoted(match.line), t('Folder: {0}', facts.cwd)],
        actions: [...fixes(facts, module, own.root), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

/** Python code under this name; where only a part of the name leads to a file, the rest of it is wrong, not the folder. */
const nearest = (names: readonly LocalName[], cwd: string): LocalName | undefined =>
  names
    .filter(({ kind, isWhole }) => kind === 'module' && isWhole)
    .sort((a, b) => distance(a.root, cwd) - distance(b.root, cwd))[0];

const distance = (folder: string, from: string): number => relativePath(from, folder).split(/[\\/]/).length;

/** The one that cannot break anything else comes first. */
function fixes(facts: Facts, module: string, root: string): readonly FindingAction[] {
  const path = setPythonPath(facts, root);
  const cwd = setCwd(facts, root);
  return namesModule(facts, module) ? [...cwd, ...path] : [...path, ...cwd];
}

/** Only where nothing else depends on the folder: relative paths of the command, setup steps, env files. */
function setCwd({ spec, cwd }: Facts, root: string): readonly FindingAction[] {
  if (root === cwd || !isInside(root, spec.folder) || spec.setup.length > 0 || spec.envFiles.length > 0) return [];
  if (hasRelativePath(commandOf({ spec }))) return [];
  const folder = relativePath(spec.folder, root).replaceAll('\\', '/');
  return [changeConfig(t('Set "cwd" to "{0}"', folder), spec.id, { path: ['cwd'], value: folder })];
}

const hasRelativePath = (command: string): boolean =>
  command
    .split(/\s+/)
    .some((word) => !/^-|^["']?\/|:\/\//.test(word) && /[\\/]|\.(?:py|cfg|conf|ini|json|toml|ya?ml)\b/.test(word));

/** The command itself names the module, as in `uvicorn app.main:app`: such tools search the current folder. */
const namesModule = (facts: Facts, module: string): boolean =>
  commandOf(facts)
    .split(/\s+/)
    .some((word) => word === module || word.startsWith(`${module}.`) || word.startsWith(`${module}:`));

function setPythonPath(facts: Facts, root: string): readonly FindingAction[] {
  const { spec, host } = facts;
  const before = spec.env['PYTHONPATH'];
  // One of an env file or of the terminal would be replaced.
  const isSetElsewhere = before === undefined && value(facts.environment)?.has('PYTHONPATH') !== false;
  if (isSetElsewhere) return [];
  const relative = relativePath(spec.folder, root).replaceAll('\\', '/');
  const folder = relative === '.' ? '${workspaceFolder}' : `\${workspaceFolder}/${relative}`;
  const separator = host.platform === 'windows' ? ';' : ':';
  const list = before === undefined || before === '' ? folder : `${before}${separator}${folder}`;
  return [changeConfig(t('Set PYTHONPATH to "{0}"', list), spec.id, { path: ['env', 'PYTHONPATH'], value: list })];
}
