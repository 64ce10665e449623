/** process-compose.yaml */
import type { Candidate, Detector } from '../candidate';
import type { ServiceConfig } from '../../core/config/schema';
import { dataAt, listAt, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { join, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf, sourceOf } from '../read/source';
import { parseYaml } from '../read/yaml';
import { declared, declaredNames } from './declared';

export const processCompose: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^process-compose\.ya?ml$/), (file) => ofFile(project, file));
  return found.flat();
};

async function ofFile(project: Project, file: string): Promise<readonly Candidate[]> {
  const text = (await project.text(file)) ?? '';
  const processes = dataAt(await parseYaml(project.pace, text), 'processes');
  const source = sourceOf(file, text);
  const found = await project.pace.map(declaredNames(processes), (name): readonly Candidate[] => {
    const process = dataAt(processes, name);
    const line = textAt(process, 'command');
    if (line === undefined || process['disabled'] === true) return [];
    const cwd = join(parentOf(file), (textAt(process, 'working_dir') ?? '').replace(/^\$\{?PWD\}?\/?/, ''));
    const where = findIn(source, new RegExp(`^[ \\t]+["']?${name.replace(/\W/g, '\\$&')}["']?:`, 'm'))?.where ?? file;
    const candidate = declared({ name, line, cwd, env: environmentOf(process), file, where });
    return [{ ...candidate, ...probeOf(process, candidate), needs: needsOf(process) }];
  });
  return found.flat();
}

const environmentOf = (process: Data): Readonly<Record<string, string>> =>
  Object.fromEntries(
    textsOf(listAt(process, 'environment')).flatMap((entry) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(entry) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );

/** Reads the readiness probe, which also contains the port when the command does not. */
function probeOf(process: Data, { port }: Candidate): Pick<Candidate, 'health' | 'port'> {
  const get = dataAt(process, 'readiness_probe', 'http_get');
  const number = portOf(textAt(get, 'port'));
  const exec = textAt(dataAt(process, 'readiness_probe', 'exec'), 'command');
  if (exec !== undefined) return { health: { exec } };
  if (number === undefined) return {};
  const path = `/${(textAt(get, 'path') ?? '/').replace(/^\//, '')}`;
  const plain = (textAt(get, 'scheme') ?? 'http') === 'http';
  const health: NonNullable<ServiceConfig['health']> =
    plain && (port === undefined || port.number === number) ? path : `${plain ? 'http' : 'https'}://localhost:${number}${path}`;
  return { health, port: port ?? { number, from: 'written' } };
}

const conditions: Readonly<Record<string, 'started' | 'healthy' | 'completed'>> = {
  process_started: 'started',
  process_log_ready: 'healthy',
  process_healthy: 'healthy',
  process_completed: 'completed',
  process_completed_successfully: 'completed',
};

const needsOf = (process: Data): NonNullable<Candidate['needs']> => {
  const needs = dataAt(process, 'depends_on');
  return new Map(
    Object.keys(needs).map((name) => [name, conditions[textAt(dataAt(needs, name), 'condition') ?? ''] ?? 'started']),
  );
};
