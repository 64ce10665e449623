/** Finds the env files of a folder, and the values of their variables. */
import { join, parentOf } from './paths';
import type { Project } from './project';
import type { Source } from './source';
import { findIn } from './source';

/** In the order in which frameworks read them. An example file shows what the real one will contain. */
const readable = [
  '.env',
  '.env.development',
  '.env.local',
  '.env.development.local',
  '.env.example',
  '.env.sample',
  '.env.template',
];

/** Returns the env files of a folder; when it has none, those of the workspace folder. */
export async function envSources(project: Project, cwd: string): Promise<readonly Source[]> {
  const files = readable.map((name) => join(cwd, name)).filter((file) => project.has(file));
  if (files.length > 0 || cwd === '') return project.sources(files);
  return project.sources(readable.filter((name) => project.has(name)));
}

/** Returns the `envFile` key when there is a `.env` in `cwd` or in the workspace folder: a missing file would fail the start. */
export const envFileOf = (project: Project, cwd: string): { envFile?: string } =>
  project.has(join(cwd, '.env')) || project.has('.env') ? { envFile: '.env' } : {};

/** Returns the value of a variable and its place. An example file counts only when no other file sets the variable. */
export function envValue(
  sources: readonly Source[],
  name: string,
): { readonly value: string; readonly where: string } | undefined {
  for (const source of sources) {
    const found = findIn(source, new RegExp(`^(?:export[ \\t]+)?${name}[ \\t]*=[ \\t]*["']?([^"'\\s#]*)`, 'm'));
    const value = found?.groups[0];
    if (found !== undefined && value !== undefined && value !== '') return { value, where: found.where };
  }
  return undefined;
}

/** Returns the env files directly in the folder. */
export const ownEnv = (sources: readonly Source[], cwd: string): readonly Source[] =>
  sources.filter(({ file }) => parentOf(file) === cwd);
