/** Finds the Python files of a folder, the likely ones first, and their module names. */
import { nameOf, parentOf, stemOf, upwards, join } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn } from '../read/source';
import type { Source } from '../read/source';

/** Names that usually contain an app come first, then the shallow ones. */
const maxFiles = 250;

const likely = [
  /^(?:main|app|asgi|wsgi|server|api|application|web|service)\.py$/,
  /^(?:manage|run|start|serve|launch|backend)\w*\.py$/,
  /^(?:__init__|__main__|factory|create_app|routes?|routers?|views|urls|health\w*|settings|config)\.py$/,
  /(?:app|api|server|service|main)\w*\.py$/,
];

const unlikely = /^(?:test_.*|.*_test|tests|conftest|setup|noxfile|fabfile)\.py$/;

export async function pythonSources(project: Project): Promise<readonly Source[]> {
  const rank = (file: string): number => {
    const index = likely.findIndex((pattern) => pattern.test(nameOf(file)));
    return index < 0 ? likely.length : index;
  };
  const files = project
    .find(/\.py$/)
    .filter((file) => !unlikely.test(nameOf(file)))
    .map((file, order) => ({ file, order, rank: rank(file) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order);
  return project.sources(files.slice(0, maxFiles).map(({ file }) => file));
}

/** Where a module is imported from, and its name: `backend` and `app.main` for backend/app/main.py. */
export interface ModuleName {
  readonly cwd: string;
  readonly module: string;
}

/** Every source belongs to one project. */
const known = new WeakMap<Source, ModuleName>();

export function moduleOf(project: Project, source: Source): ModuleName {
  const found = known.get(source) ?? readModule(project, source);
  known.set(source, found);
  return found;
}

function readModule(project: Project, source: Source): ModuleName {
  const cwd = importRoot(project, source);
  const path = (cwd === '' ? source.file : source.file.slice(cwd.length + 1)).replace(/\.py$/, '');
  return { cwd, module: path.replace(/\/__init__$/, '').replaceAll('/', '.') };
}

/** Returns the folder that must be on the Python path so that the imports of this file work. */
function importRoot(project: Project, source: Source): string {
  const folder = parentOf(source.file);
  const named = rootByImports(project, source, folder);
  if (named !== undefined) return named;
  // A package has an __init__.py; it is imported from the folder that contains it.
  let root = folder;
  while (root !== '' && project.has(join(root, '__init__.py'))) root = parentOf(root);
  if (root === folder && folder !== '' && /^[ \t]*from[ \t]+\./m.test(source.text)) return parentOf(folder);
  return root;
}

/** `from backend.db import …` within backend/ means that the root is above backend. */
function rootByImports(project: Project, source: Source, folder: string): string | undefined {
  const imported = new Set(
    findAllIn(source, /^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm).map(({ groups }) => groups[0] ?? ''),
  );
  const above = upwards(folder).filter((at) => at !== '');
  // The topmost name counts: in backend/app/main.py, `from backend.app…` needs the root above backend.
  const top = above.findLast((at) => imported.has(nameOf(at)) && !ownModule(project, folder, nameOf(at)));
  return top === undefined ? undefined : parentOf(top);
}

/** `from app import db` in app/main.py next to an app/app.py means that file. */
const ownModule = (project: Project, folder: string, name: string): boolean => project.has(join(folder, `${name}.py`));

/** Whether a dotted name in another file may mean this file. */
export function isModule(written: string, file: string): boolean {
  const path = file.replace(/\.py$/, '').replace(/\/__init__$/, '');
  const wanted = written.replaceAll('.', '/');
  return path === wanted || path.endsWith(`/${wanted}`) || (wanted === '__main__' && stemOf(file) === '__main__');
}
