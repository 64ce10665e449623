/** How a Python script is started. */
import { nameOf, parentOf, relative } from '../read/paths';
import type { Project } from '../read/project';
import type { Source } from '../read/source';
import { moduleOf } from './sources';

/** Returns how to start a script: by its name, or as a module when it imports its own package. */
export function runScript(project: Project, script: Source): { readonly cwd: string; readonly args: readonly string[] } {
  const { cwd, module } = moduleOf(project, script);
  if (nameOf(script.file) === '__main__.py') {
    return { cwd: parentOf(parentOf(script.file)), args: ['-m', nameOf(parentOf(script.file)) || '.'] };
  }
  return module.includes('.') ? { cwd, args: ['-m', module] } : { cwd, args: [relative(cwd, script.file)] };
}
