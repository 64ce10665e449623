/** How a Python script is started. */
import { join, nameOf, parentOf, relative } from '../read/paths';
import type { Project } from '../read/project';
import type { Source } from '../read/source';
import { moduleOf } from './sources';

/** Returns how to start a script: by its name, or as a module when it imports its own package. */
export function runScript(project: Project, script: Source): { readonly cwd: string; readonly args: readonly string[] } {
  const { cwd, module } = moduleOf(project, script);
  if (nameOf(script.file) === '__main__.py') {
    return { cwd: parentOf(parentOf(script.file)), args: ['-m', nameOf(parentOf(script.file)) || '.'] };
  }
  return module.includes('.') && !importsBeside(project, script)
    ? { cwd, args: ['-m', module] }
    : { cwd, args: [relative(cwd, script.file)] };
}

/** Whether it imports modules beside it by their plain names: Python finds them only when the script is started by its path. */
function importsBeside(project: Project, { file, text }: Source): boolean {
  const folder = parentOf(file);
  const names = [...text.slice(0, maxImportCharacters).matchAll(/^(?:from|import)[ \t]+([A-Za-z_]\w{0,60})\b/gm)].map(
    ([, name = '']) => name,
  );
  return names.some(
    (name) =>
      name !== nameOf(folder) && (project.has(join(folder, `${name}.py`)) || project.has(join(folder, name, '__init__.py'))),
  );
}

/** Imports come first. */
const maxImportCharacters = 20_000;
