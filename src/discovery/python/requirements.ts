/** What pip installs for the code of a folder: a list of requirements, or the project itself. */
import { dataAt, listAt, parseToml, textsOf } from '../read/formats';
import { join, upwards } from '../read/paths';
import type { Project } from '../read/project';

export interface Requirements {
  /** The folder of the file. */
  readonly folder: string;
  readonly file: string;
  /** One requirement per line. */
  readonly text: string;
  /** What follows `pip install`, with the path from the folder of the service to that of the file, which is "" or ends with "/". */
  readonly install: (above: string) => string;
}

/** Returns the nearest; a list of requirements precedes the project in the same folder. */
export async function requirementsFor(project: Project, cwd: string): Promise<Requirements | undefined> {
  for (const folder of upwards(cwd)) {
    const file = join(folder, 'requirements.txt');
    if (project.has(file))
      return { folder, file, text: (await project.text(file)) ?? '', install: (above) => `-r ${above}requirements.txt` };
    const found = await ofProject(project, folder);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A pyproject.toml with settings of tools only installs nothing. */
async function ofProject(project: Project, folder: string): Promise<Requirements | undefined> {
  const file = join(folder, 'pyproject.toml');
  const data = project.has(file) ? parseToml((await project.text(file)) ?? '') : undefined;
  const dependencies = textsOf(listAt(dataAt(data, 'project'), 'dependencies'));
  const isBuilt = 'build-backend' in dataAt(data, 'build-system') || project.has(join(folder, 'setup.py'));
  if (dependencies.length === 0) return undefined;
  const text = dependencies.join('\n');
  const all = { folder, file, text };
  // Without a build system setuptools refuses folders with several packages: then only what it depends on is installed.
  if (!isBuilt && dependencies.every((each) => plain.test(each)))
    return { ...all, install: () => dependencies.map((each) => `"${each.replace(/\s+/g, '')}"`).join(' ') };
  return { ...all, install: (above) => `-e ${above === '' ? '.' : above.slice(0, -1)}` };
}

/** A requirement that every shell passes on unchanged between double quotes: no marker, no URL. */
const plain =
  /^[\w.-]{1,100}\s?(?:\[[\w.,-]{1,100}\])?\s?(?:[<>=~]{1,3}\s?[\w.*]{1,30}(?:,\s?[<>=~]{1,3}\s?[\w.*]{1,30}){0,5})?$/;
