/** Procfile and Procfile.dev, as used by Foreman, Overmind, Hivemind and Heroku. */
import type { Candidate, Detector } from '../candidate';
import { join, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn } from '../read/source';
import { declared } from './declared';
import { endsByLine, endsByName } from './roles';

/** Files for development come before files for a platform. */
const names = ['Procfile.dev', 'Procfile.development', 'Procfile.local', 'Procfile'];

export const procfile: Detector = async (project) => {
  const folders = new Set(project.find(/^Procfile/).map(parentOf));
  const found = await project.pace.map([...folders], (folder) => ofFolder(project, folder));
  return found.flat();
};

async function ofFolder(project: Project, folder: string): Promise<readonly Candidate[]> {
  const name = names.find((candidate) => project.has(join(folder, candidate)));
  const source = name === undefined ? undefined : await project.source(join(folder, name));
  if (source === undefined) return [];
  return findAllIn(source, /^([\w.-]+):[ \t]*(\S.*)$/gm).flatMap(({ where, groups: [key = '', line = ''] }) => {
    if (endsByName(key) || endsByLine(line)) return [];
    const candidate = declared({ name: key, line: line.trim(), cwd: folder, file: source.file, where });
    return [name === 'Procfile' && key === 'web' ? { ...candidate, isOfPlatform: true } : candidate];
  });
}
