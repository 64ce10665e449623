/** Laravel applications. */
import { defined } from '../../core/model/defined';
import type { Ask, Candidate, Detector } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envSources, envValue } from '../read/envFiles';
import { dataAt, parseJson } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';

export const laravel: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^artisan$/), (file) => propose(project, parentOf(file)));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, cwd: string): Promise<Candidate | undefined> {
  const composer = join(cwd, 'composer.json');
  const manifest = project.has(composer) ? await project.source(composer) : undefined;
  if (manifest === undefined || !('laravel/framework' in dataAt(parseJson(manifest.text), 'require'))) return undefined;
  const [bootstrap] = await project.sources([join(cwd, 'bootstrap/app.php')].filter((file) => project.has(file)));
  const health = bootstrap === undefined ? undefined : findIn(bootstrap, /\bhealth:\s*['"](\/[\w/-]*)['"]/);
  const env = await envSources(project, cwd);
  const set = envValue(
    env.filter(({ file }) => nameOf(file) === '.env'),
    'SERVER_PORT',
  );
  const number = portOf(set?.value) ?? 8000;
  const command = ['php', 'artisan', 'serve', '--port=${port}'];
  return {
    name: nameOf(cwd),
    kind: 'laravel',
    source: 'code',
    role: 'backend',
    cwd,
    command,
    port: { number, from: set === undefined ? 'default' : 'written', move: command },
    ...defined({ health: health && (health.groups[0] ?? '/up') }),
    evidence: [
      `laravel/framework in ${findIn(manifest, /"laravel\/framework"/)?.where ?? composer}`,
      set === undefined ? "port 8000 is artisan serve's default" : `port ${number} in ${set.where}`,
      ...(health === undefined ? [] : [`GET ${health.groups[0] ?? '/up'} in ${health.where}`]),
    ],
    asks: [...(await asksOfAll(project.pace, env)), ...asksByParts(env)],
  };
}

/** Laravel has separate variables for host and port: DB_CONNECTION=pgsql, DB_PORT=5432, REDIS_PORT=6379. */
function asksByParts(env: readonly Source[]): readonly Ask[] {
  const connection = envValue(env, 'DB_CONNECTION')?.value;
  const served = connection !== undefined && connection !== 'sqlite' ? ['DB_PORT'] : [];
  const redis = [envValue(env, 'QUEUE_CONNECTION'), envValue(env, 'CACHE_STORE'), envValue(env, 'SESSION_DRIVER')]
    .map((set) => set?.value ?? '')
    .join(' ')
    .includes('redis');
  return [...served, ...(redis ? ['REDIS_PORT'] : [])].flatMap((name): Ask[] => {
    const set = envValue(env, name);
    const port = portOf(set?.value);
    return set === undefined || port === undefined ? [] : [{ port, where: set.where, what: 'url' }];
  });
}
