/** What to say and to offer when Node or a bundler does not find a module. */
import { brief } from '../../wording/brief';
import type { Brief } from '../../wording/brief';
import { lastPart } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { openFile, runInTerminal, showTerminal } from '../actions';
import type { Facts, FileFacts } from '../facts';
import type { FindingAction } from '../finding';
import { locationNear } from '../location';
import { linesOf, quoted } from '../output';
import { value } from '../queries';
import type { Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';
import { joinPath, upTo } from '../../workspaceFiles/paths';
import { nodePackageOf } from './localNames';
import type { LocalName } from './localNames';
import {
  addCommand,
  installCommand,
  isPackageName,
  isStale,
  jsonIn,
  listsByPath,
  listsPackage,
  packageFolder,
} from './nodePackages';
import { isNodeStandard } from './standardModules';
import { linkingFolder } from './workspacePackages';

interface Missing {
  readonly facts: Facts;
  readonly files: FileFacts | undefined;
  readonly match: SignatureMatch;
  /** As imported. */
  readonly module: string;
  readonly name: string;
}

export function missingNode(facts: Facts, match: SignatureMatch, files: FileFacts | undefined): Verdict {
  const module = match.groups['module'] ?? '';
  const missing: Missing = { facts, files, match, module, name: nodePackageOf(module) };
  if (/^[./\\]|^[A-Za-z]:/.test(module)) return missingFile(missing);
  if (isNodeStandard(module)) {
    return verdict(missing, [showTerminal(facts.spec.id)], {
      title: t('The module {0} is part of Node, but not available here.', module),
      short: brief((name) => t("'{0}' not in this Node", name), module),
      detail: t('Use a version of Node that has it; a browser has none of them. It cannot be installed.'),
    });
  }
  const local = value(facts.localNames)?.get(missing.name) ?? [];
  const own = local.find(({ kind }) => kind === 'package');
  if (own !== undefined && !isListedByPath(missing)) return ownPackage(missing, own);
  if (listing(missing) === undefined && (!isPackageName(missing.name) || isAlias(missing) || local.length > 0))
    return unresolvedAlias(missing, local[0]);
  return notInstalled(missing);
}

interface Words {
  readonly title: string;
  readonly short: Brief;
  readonly detail: string;
}

const verdict = ({ match }: Missing, actions: readonly FindingAction[], words: Words, ...more: readonly string[]): Verdict => ({
  severity: 'error',
  ...words,
  evidence: [quoted(match.line), ...more],
  actions,
});

const missingFile = (missing: Missing): Verdict =>
  verdict(missing, [...openImport(missing), showTerminal(missing.facts.spec.id)], {
    title: t('The file {0} does not exist.', missing.module),
    short: brief((file) => t("No file '{0}'", file), lastPart(missing.module)),
    detail: t('Correct the import, or generate the file first if a tool creates it.'),
  });

/** Of a monorepo. Its name is never passed to a package manager: the registry may have another package of this name. */
function ownPackage(missing: Missing, own: LocalName): Verdict {
  const { facts, files, name } = missing;
  const linking = linkingFolder(own.path, facts, files);
  const open = openFile(joinPath(facts.cwd, 'package.json'));
  const actions = linking === undefined ? [open] : [runInTerminal(installCommand(facts, linking, files), linking)];
  return verdict(
    missing,
    [...actions, showTerminal(facts.spec.id)],
    {
      title: t('The package {0} of this workspace is not linked into node_modules.', name),
      short: brief((linked) => t("'{0}' is not linked", linked), name),
      detail:
        linking === undefined
          ? t('Add {0} to "workspaces" of the topmost package.json, or depend on it by its path (file:…).', own.path)
          : t('Install the dependencies of the whole workspace; if its files are built, build the package first.'),
    },
    t('{0} is the package {1}.', own.path, name),
  );
}

function unresolvedAlias(missing: Missing, local: LocalName | undefined): Verdict {
  const { facts, files, module } = missing;
  const configs = ['tsconfig.json', 'jsconfig.json'].map((name) => joinPath(facts.cwd, name));
  const config = configs.find((path) => files?.texts.has(path));
  return verdict(
    missing,
    [...(config === undefined ? [] : [openFile(config)]), ...openImport(missing), showTerminal(facts.spec.id)],
    {
      title:
        local === undefined
          ? t('The import {0} is not the name of a package: it is an alias that was not resolved.', module)
          : t('The import {0} leads to {1} of your workspace, and was not resolved.', module, local.path),
      short: brief((name) => t("'{0}' is not resolved", name), module),
      detail: t(
        'Node does not read "paths" of tsconfig.json: set up the alias in the tool that runs the code, or import by a relative path.',
      ),
    },
  );
}

/** Opens the file with the import, where the output names it. */
function openImport({ facts, match }: Missing): readonly FindingAction[] {
  const found = locationNear(linesOf(facts), match.at);
  return found === undefined ? [] : [openFile(joinPath(facts.cwd, found.path), found.line, found.column ?? 1)];
}

/** Keys of `paths` in tsconfig.json, such as `@app/*`; JSON with comments is searched as text. */
function isAlias({ facts, files, module, name }: Missing): boolean {
  if (/^[@~#$]\/|^[~#$]/.test(module)) return true;
  return upTo(facts.cwd, facts.spec.folder).some((folder) => {
    const text = files?.texts.get(joinPath(folder, 'tsconfig.json')) ?? '';
    return (
      text.includes('"paths"') &&
      [name, name.split('/')[0] ?? name].some((key) => text.includes(`"${key}/*"`) || text.includes(`"${key}"`))
    );
  });
}

/** Returns the folder whose package.json lists the package. */
const listing = ({ facts, files, name }: Missing): string | undefined =>
  upTo(facts.cwd, facts.spec.folder).find((folder) => listsPackage(files?.texts.get(joinPath(folder, 'package.json')), name));

const isListedByPath = ({ facts, files, name }: Missing): boolean =>
  upTo(facts.cwd, facts.spec.folder).some((folder) => listsByPath(files?.texts.get(joinPath(folder, 'package.json')), name));

/** Why a package is missing in node_modules. */
type Reason = 'absent' | 'stale' | undefined;

function notInstalled(missing: Missing): Verdict {
  const { facts, files, name, module } = missing;
  const folder = packageFolder(facts, files);
  const stale = folder !== undefined && files !== undefined && isStale(folder, files);
  const absent = folder !== undefined && files !== undefined && !files.changed.has(joinPath(folder, 'node_modules'));
  const reason: Reason = absent ? 'absent' : stale ? 'stale' : undefined;
  const isListed = reason !== undefined || listing(missing) !== undefined;
  const { id } = facts.spec;
  const at = folder ?? facts.cwd;
  const install = isListed
    ? [runInTerminal(installCommand(facts, folder, files), at)]
    : added(missing, manifestFolder(missing) ?? at);
  return verdict(
    missing,
    [...install, showTerminal(id)],
    {
      title: packageMissing(module, reason),
      short: brief((shown) => t("No package '{0}'", shown), module),
      detail: isListed
        ? t('Install the dependencies.')
        : t('package.json does not list the package {0}: add it if the name is right.', name),
    },
    ...evidenceOf(at, reason),
  );
}

/** Adds the package, unless it is not known whether the name is one of the workspace. */
const added = ({ facts, files, name }: Missing, folder: string): readonly FindingAction[] =>
  facts.localNames.kind === 'known'
    ? [runInTerminal(addCommand(name, folder, facts, files), folder)]
    : [openFile(joinPath(folder, 'package.json'))];

const manifestFolder = ({ facts, files }: Missing): string | undefined =>
  upTo(facts.cwd, facts.spec.folder).find((folder) => jsonIn(files?.texts.get(joinPath(folder, 'package.json'))) !== undefined);

function packageMissing(module: string, reason: Reason): string {
  if (reason === undefined) return t('The package {0} is not installed.', module);
  return reason === 'absent'
    ? t('The package {0} is not installed: node_modules is missing.', module)
    : t('The package {0} is not installed: node_modules is older than the lock file.', module);
}

function evidenceOf(folder: string, reason: Reason): readonly string[] {
  if (reason === undefined) return [];
  return [
    reason === 'absent'
      ? t('{0}: node_modules is missing.', folder)
      : t('{0}: node_modules is older than the lock file.', folder),
  ];
}
