/** Phoenix applications of Elixir. */
import { defined } from '../../core/model/defined';
import { serverOfScheme } from '../../core/model/knownServers';
import type { Ask, Candidate, Detector } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources } from '../read/envFiles';
import { isWithin, join, nameOf, parentOf, upwards } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, findInAny, portOf } from '../read/source';
import type { Source } from '../read/source';

export const phoenix: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^mix\.exs$/), (file) => propose(project, file));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, file: string): Promise<Candidate | undefined> {
  const manifest = await project.source(file);
  const dependency = manifest === undefined ? undefined : findIn(manifest, /\{:phoenix\s*,/);
  const folder = parentOf(file);
  const endpoint = project.find(/^endpoint\.ex$/).find((path) => isWithin(path, folder));
  if (manifest === undefined || dependency === undefined || endpoint === undefined) return undefined;
  const cwd = await umbrellaOf(project, folder);
  const files = ['config/dev.exs', 'config/runtime.exs', 'config/config.exs'].map((name) => join(cwd, name));
  const config = await project.sources(files.filter((path) => project.has(path)));
  const written = findInAny(config, /\bhttps?:\s*\[[^\]]{0,300}?\bport:[^\n\]]*?(\d{4,5})/);
  const number = portOf(written?.groups[0]) ?? 4000;
  const fromEnv = findInAny(config, /\bport:[^\n]*System\.(?:get_env|fetch_env!)\("PORT"/);
  const env = await envSources(project, cwd);
  return {
    name: nameOf(cwd),
    kind: 'phoenix',
    source: 'code',
    role: 'backend',
    cwd,
    command: ['mix', 'phx.server'],
    port: { number, from: written === undefined ? 'default' : 'written', ...defined({ variable: fromEnv && 'PORT' }) },
    more: { ...envFileOf(project, cwd), setup: [{ name: 'install', command: 'mix deps.get', unless: 'deps' }] },
    evidence: [
      `phoenix in ${dependency.where}`,
      written === undefined ? "port 4000 is Phoenix' default" : `port ${number} in ${written.where}`,
    ],
    asks: [...(await asksOfAll(project.pace, [...config, ...env])), ...databaseOf(manifest, config)],
  };
}

/** An application of an umbrella project starts with all others, from the folder of the umbrella. */
async function umbrellaOf(project: Project, folder: string): Promise<string> {
  for (const at of upwards(folder).slice(1)) {
    const manifest = join(at, 'mix.exs');
    const source = project.has(manifest) ? await project.source(manifest) : undefined;
    if (source !== undefined && findIn(source, /\bapps_path:/) !== undefined) return at;
  }
  return folder;
}

/** Ecto's repository on this machine, on the usual port unless the configuration names another. */
function databaseOf(manifest: Source, config: readonly Source[]): readonly Ask[] {
  const adapter = findIn(manifest, /\{:(postgrex|myxql)\s*,/)?.groups[0];
  const host = findInAny(config, /\bhostname:[^\n]*"(?:localhost|127\.0\.0\.1)"/);
  const usual = adapter === undefined ? undefined : serverOfScheme(adapter === 'postgrex' ? 'postgres' : 'mysql')?.port;
  return usual === undefined || host === undefined ? [] : [{ port: usual, where: host.where, what: 'url' }];
}
