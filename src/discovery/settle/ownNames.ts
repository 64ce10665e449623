/** The names that a project gives to itself. */
import { dataAt, parseJson, textAt } from '../read/formats';
import { nameOf } from '../read/paths';
import type { Project } from '../read/project';

/** The names of further packages are read from the first ones only. */
const maxManifests = 30;

/** The last name of a Go module, without its major version. */
const moduleName = (path: string): string =>
  path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1) ?? '';

/** Returns the names that the project has in its own manifests. */
export async function namesOf(project: Project): Promise<ReadonlySet<string>> {
  const files = project
    .find(/^(?:package\.json|composer\.json|go\.mod|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.toml)$/)
    .slice(0, maxManifests);
  const names = await project.pace.map(files, async (file) => {
    const text = (await project.text(file)) ?? '';
    if (/^(?:package|composer)\.json$/.test(nameOf(file)))
      return (textAt(dataAt(parseJson(text)), 'name') ?? '').replace(/^[^/]*\//, '');
    const written =
      nameOf(file) === 'go.mod'
        ? moduleName(/^module\s+(\S+)/m.exec(text)?.[1] ?? '')
        : /^\s*name\s*=\s*["']?([^"'\s,]+)/m.exec(text)?.[1];
    return written ?? '';
  });
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => name !== ''));
}
