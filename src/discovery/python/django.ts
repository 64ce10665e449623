/** Django projects, found by their manage.py. */
import { serverOfScheme } from '../../core/model/knownServers';
import type { Ask, Candidate, Detector } from '../candidate';
import { isWithin, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { pythonServer } from './server';
import { pythonSources } from './sources';

export const django: Detector = async (project) => {
  const scripts = await project.sources(project.find(/^manage\.py$/));
  const sources = await pythonSources(project);
  const found = await project.pace.map(scripts, (script) => propose(project, script, sources));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, script: Source, sources: readonly Source[]): Promise<Candidate | undefined> {
  const settings = findIn(script, /DJANGO_SETTINGS_MODULE['"]\s*,\s*['"]([\w.]+)/) ?? findIn(script, /django\.core\.management/);
  if (settings === undefined) return undefined;
  const cwd = parentOf(script.file);
  const own = sources.filter(({ file }) => isWithin(file, cwd));
  const evidence = [
    `Django's manage.py${settings.groups[0] === undefined ? '' : ` with ${settings.groups[0]}`} in ${settings.where}`,
    "port 8000 is runserver's default",
  ];
  const server = {
    kind: 'django',
    cwd,
    args: ['manage.py', 'runserver', '${port}'],
    port: { number: 8000, from: 'default' as const },
    evidence,
  };
  const candidate = await pythonServer(project, server, sources);
  return { ...candidate, asks: [...own.flatMap(databaseOf), ...(candidate.asks ?? [])] };
}

/** Finds the port of `"ENGINE": "django.db.backends.postgresql"`: the one next to it, or the default. */
function databaseOf(source: Source): readonly Ask[] {
  const engine = findIn(source, /["']ENGINE["']\s*:\s*["'][\w.]*\.(postgresql|postgis|mysql)["']([^}]*)/);
  const usual = serverOfScheme(engine?.groups[0] ?? '')?.port;
  if (engine === undefined || usual === undefined) return [];
  const port = portOf(/["']PORT["']\s*:[^\n]*?(\d{4,5})/.exec(engine.groups[1] ?? '')?.[1]) ?? usual;
  return [{ port, where: engine.where, what: 'url' }];
}
