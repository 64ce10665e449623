/** Env files of a folder: which there are, and what they set. */
import { parentOf } from './paths';
import type { Project } from './project';
import type { Source } from './source';
import { findIn } from './source';
import { join } from './paths';

/** In the order in which frameworks read them; an example tells what the real one will hold. */
const readable = [
  '.env',
  '.env.development',
  '.env.local',
  '.env.development.local',
  '.env.example',
  '.env.sample',
  '.env.template',
];

/** The env files of a folder and, when it has none, of the workspace folder. */
export async function envSources(project: Project, cwd: string): Promise<readonly Source[]> {
  const files = readable.map((name) => join(cwd, name)).filter((file) => project.has(file));
  if (files.length > 0 || cwd === '') return project.sources(files);
  return project.sources(readable.filter((name) => project.has(name)));
}

/** `.env` as a key of services.json, which looks for it in `cwd` and then in the workspace folder; a missing file would fail the start. */
export const envFileOf = (project: Project, cwd: string): { envFile?: string } =>
  project.has(join(cwd, '.env')) || project.has('.env') ? { envFile: '.env' } : {};

/** What a variable is set to, and where; an example counts only when nothing else sets it. */
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

/** Env files right in the folder, without those of above. */
export const ownEnv = (sources: readonly Source[], cwd: string): readonly Source[] =>
  sources.filter(({ file }) => parentOf(file) === cwd);
