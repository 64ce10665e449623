/** What to say and to offer when Python does not find a module. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { changeConfig, openConfig, openFile, runInTerminal, showTerminal } from '../actions';
import type { Facts, FileFacts } from '../facts';
import type { FindingAction } from '../finding';
import { quoted } from '../output';
import { commandOf, value } from '../queries';
import type { Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';
import { joinPath, relativePath } from '../../workspaceFiles/paths';
import { topOf } from './localNames';
import { pythonPackageOf } from './pythonNames';
import { pipInstall, withInterpreter } from './pythonPackages';
import type { Install } from './pythonPackages';
import { isPythonStandard } from './standardModules';

/** They report the module that their arguments name, which is the user's own. */
const loaders: ReadonlySet<string> = new Set(['uvicorn', 'Flask', 'Celery']);

export function missingPython(facts: Facts, match: SignatureMatch, files: FileFacts | undefined): Verdict {
  const full = match.groups['module'] ?? '';
  const module = topOf(full);
  const elsewhere = value(facts.modulesElsewhere)?.get(module) ?? [];
  const { id } = facts.spec;
  const ending = [openConfig(id), showTerminal(id)];
  const evidence = [quoted(match.line), ...elsewhere.map((path) => t('{0} has the module {1}.', path, module))];
  if (loaders.has(match.tool) && elsewhere.length === 0) {
    return {
      severity: 'error',
      title: t('The Python module {0} was not found in {1}.', full, facts.cwd),
      short: brief((name) => t("No module '{0}'", name), full),
      detail: t('Correct the name in "command", or "cwd" in services.json.'),
      evidence,
      actions: ending,
    };
  }
  if (isPythonStandard(module) && pythonPackageOf(module) === module) {
    return {
      severity: 'error',
      title: t('The module {0} is part of Python, but not of the one that is used.', module),
      short: brief((name) => t("'{0}' not in this Python", name), module),
      detail: t('Use a version of Python that has it. It cannot be installed with pip.'),
      evidence,
      actions: [...useOther(facts, elsewhere[0]), ...ending],
    };
  }
  return {
    severity: 'error',
    title: t('The Python module {0} is not installed.', module),
    short: brief((name) => t("No module '{0}'", name), module),
    detail: detailOf(facts, module, elsewhere[0]),
    evidence,
    actions: [...useOther(facts, elsewhere[0]), ...install(facts, full, files), ...ending],
  };
}

/** The name of a folder, a file or a package of the workspace is never passed to pip: it would install another package. */
function install(facts: Facts, full: string, files: FileFacts | undefined): readonly FindingAction[] {
  const names = value(facts.localNames);
  const mayName = names !== undefined && !names.has(topOf(full));
  const found = pipInstall(full, facts, files, mayName);
  if (found !== undefined) return isThere(facts, topOf(full), found) ? [] : [runInTerminal(found.command, found.folder)];
  const list = ['requirements.txt', 'pyproject.toml'].map((name) => joinPath(facts.cwd, name));
  return list.filter((path) => files?.texts.has(path)).map((path) => openFile(path));
}

/** Whether it would be installed for an interpreter that has it: then "command" has to name that one. */
function isThere({ cwd, modulesElsewhere }: Facts, module: string, { command }: Install): boolean {
  const owners = value(modulesElsewhere)?.get(module) ?? [];
  return owners.some((path) => command.startsWith(`${relativePath(cwd, path)} `));
}

function useOther(facts: Facts, interpreter: string | undefined): readonly FindingAction[] {
  const command = interpreter === undefined ? undefined : withInterpreter(facts, interpreter);
  if (interpreter === undefined || command === undefined) return [];
  return [changeConfig(t('Use {0}', interpreter), facts.spec.id, { path: ['command'], value: command })];
}

function detailOf(facts: Facts, module: string, other: string | undefined): string {
  const command = commandOf(facts);
  if (other !== undefined) {
    return t(
      '{0} is installed for another interpreter: use {1} in "command" (currently: {2}), or install it here.',
      module,
      other,
      command,
    );
  }
  if (value(facts.localNames)?.has(module) === true) {
    return t(
      'The workspace has a folder or file {0}, so no package of this name is offered. List the package that you mean.',
      module,
    );
  }
  return t('Install it for the interpreter that "{0}" uses. If the module is your own file, correct "cwd".', command);
}
