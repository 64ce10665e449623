/** Ruby on Rails applications. */
import { defined } from '../../core/model/defined';
import { serverOfScheme } from '../../core/model/knownServers';
import type { Candidate, Detector } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources } from '../read/envFiles';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';

export const rails: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^Gemfile$/), (file) => propose(project, file));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, file: string): Promise<Candidate | undefined> {
  const gemfile = await project.source(file);
  const gem = gemfile === undefined ? undefined : findIn(gemfile, /^[ \t]*gem\s+["']rails["']/m);
  const cwd = parentOf(file);
  // An engine or a gem also depends on rails, but has no application to start.
  if (gem === undefined || !project.has(join(cwd, 'config/application.rb'))) return undefined;
  const [puma] = await project.sources([join(cwd, 'config/puma.rb')].filter((path) => project.has(path)));
  const [routes] = await project.sources([join(cwd, 'config/routes.rb')].filter((path) => project.has(path)));
  const written = puma === undefined ? undefined : findIn(puma, /^[ \t]*port\b[^\n]*?(\d{4,5})/m);
  const number = portOf(written?.groups[0]) ?? 3000;
  const health =
    routes === undefined ? undefined : findIn(routes, /get\s+["']\/?([\w/-]+)["']\s*(?:=>|,\s*to:)\s*["']rails\/health#show["']/);
  const env = await envSources(project, cwd);
  const config = await project.sources([join(cwd, 'config/database.yml')].filter((path) => project.has(path)));
  const command = [...program(project, cwd), 'server', '-p', '${port}'];
  return {
    name: nameOf(cwd),
    kind: 'rails',
    source: 'code',
    role: 'backend',
    cwd,
    command,
    port: { number, from: number === 3000 ? 'default' : 'written', move: command },
    ...defined({ health: health && `/${health.groups[0] ?? 'up'}` }),
    more: envFileOf(project, cwd),
    evidence: [
      `gem "rails" in ${gem.where}`,
      written === undefined ? "port 3000 is Rails' default" : `port ${number} in ${written.where}`,
      ...(health === undefined ? [] : [`GET /${health.groups[0] ?? 'up'} in ${health.where}`]),
    ],
    asks: [...(await asksOfAll(project.pace, [...config, ...env])), ...config.flatMap((source) => databaseOf(source))],
  };
}

/** Only Unix starts a script without an extension by its name. */
function program(project: Project, cwd: string): readonly string[] {
  if (!project.has(join(cwd, 'bin/rails'))) return ['bundle', 'exec', 'rails'];
  return project.system === 'windows' ? ['ruby', 'bin/rails'] : ['bin/rails'];
}

/** `adapter: postgresql` with a host is a server; without a host it is a socket, or SQLite. */
function databaseOf(source: Parameters<typeof findIn>[0]) {
  const adapter = findIn(source, /^[ \t]*adapter:\s*(postgresql|mysql2|trilogy)/m);
  const host = findIn(source, /^[ \t]*host:[^\n]*(?:localhost|127\.0\.0\.1)/m);
  const usual = serverOfScheme(adapter?.groups[0] ?? '')?.port;
  if (usual === undefined || host === undefined) return [];
  return [
    {
      port: portOf(findIn(source, /^[ \t]*port:[^\n]*?(\d{4,5})/m)?.groups[0]) ?? usual,
      where: host.where,
      what: 'url' as const,
    },
  ];
}
