/** mprocs.yaml */
import type { Candidate, Detector } from '../candidate';
import { dataAt, listAt, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { join, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, sourceOf } from '../read/source';
import { parseYaml } from '../read/yaml';
import { declared, declaredNames } from './declared';

export const mprocs: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^mprocs\.ya?ml$/), (file) => ofFile(project, file));
  return found.flat();
};

async function ofFile(project: Project, file: string): Promise<readonly Candidate[]> {
  const text = (await project.text(file)) ?? '';
  const procs = dataAt(await parseYaml(project.pace, text), 'procs');
  const source = sourceOf(file, text);
  const found = await project.pace.map(declaredNames(procs), (name): readonly Candidate[] => {
    const proc = dataAt(procs, name);
    const words = textsOf(listAt(proc, 'cmd'));
    // A proc may consist of the line only.
    const line = textAt(procs, name) ?? textAt(proc, 'shell') ?? words.join(' ');
    if (line === '') return [];
    const where = findIn(source, new RegExp(`^[ \\t]+["']?${name.replace(/\W/g, '\\$&')}["']?:`, 'm'))?.where ?? file;
    const cwd = join(parentOf(file), (textAt(proc, 'cwd') ?? '').replace('<CONFIG_DIR>', ''));
    const candidate = declared({ name, line, cwd, env: environmentOf(proc), file, where });
    return [words.length > 0 && textAt(proc, 'shell') === undefined ? { ...candidate, command: words } : candidate];
  });
  return found.flat();
}

const environmentOf = (proc: Data): Readonly<Record<string, string>> => {
  const env = dataAt(proc, 'env');
  return Object.fromEntries(
    Object.keys(env).flatMap((name) => {
      const value = textAt(env, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
};
