/** Applications of an Nx workspace, whose targets are in project.json or come from the configuration of a tool. */
import { defined } from '../../core/model/defined';
import type { Candidate, Detector, Role } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources } from '../read/envFiles';
import { dataAt, parseJson, textAt } from '../read/formats';
import type { Data } from '../read/formats';
import { isWithin, join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findInAny, portOf } from '../read/source';
import type { Source } from '../read/source';
import { managerOf, runProgram, runScript } from './packages';
import { portInSources } from './ports';
import { nodeHealth } from './routes';

interface Served {
  readonly kind: string;
  readonly role: Role;
  readonly port?: number;
}

/** The first whose pattern matches the executor counts. */
const executors: readonly (readonly [RegExp, Served])[] = [
  [/next/, { kind: 'next', role: 'frontend', port: 3000 }],
  [/nuxt/, { kind: 'nuxt', role: 'frontend', port: 3000 }],
  [/angular|module-federation/, { kind: 'angular', role: 'frontend', port: 4200 }],
  [/vite/, { kind: 'vite', role: 'frontend', port: 4200 }],
  [/webpack:dev-server|rspack|web:dev-server|react:|web:/, { kind: 'webpack', role: 'frontend', port: 4200 }],
  [/expo|react-native|storybook|file-server/, { kind: 'nx', role: 'other' }],
  [/node|js:|nest|run-commands/, { kind: 'node nx', role: 'backend' }],
];

/** A workspace that is written by hand has fewer. */
const maxProjects = 60;

export const nx: Detector = async (project) => {
  const roots = project.find(/^nx\.json$/).map(parentOf);
  const files = project
    .find(/^project\.json$/)
    .filter((file) => roots.some((root) => isWithin(file, root)) || file === 'project.json');
  const found = await project.pace.map(files.slice(0, maxProjects), (file) => propose(project, file, roots));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, file: string, roots: readonly string[]): Promise<Candidate | undefined> {
  const config = dataAt(parseJson((await project.text(file)) ?? ''));
  const folder = parentOf(file);
  const name = textAt(config, 'name') ?? nameOf(folder);
  const target = ['serve', 'dev'].find((each) => each in dataAt(config, 'targets'));
  if (target === undefined || textAt(config, 'projectType') === 'library' || name.endsWith('-e2e')) return undefined;
  const settings = dataAt(config, 'targets', target);
  const served = executors.find(([pattern]) => pattern.test(textAt(settings, 'executor') ?? ''))?.[1];
  if (served === undefined || served.role === 'other') return undefined;
  const root = roots.filter((each) => isWithin(folder, each)).sort((a, b) => b.length - a.length)[0] ?? folder;
  const files = project
    .find(/^(?:main|server|index|app|environment\w*|config|.*health.*|vite\.config)\.\w+$/)
    .filter((path) => isWithin(path, folder));
  const sources = await project.sources(files.slice(0, 20));
  const env = await envSources(project, folder);
  const port = portOfServed(served, settings, { sources, file });
  const health = served.role === 'backend' && port !== undefined ? await nodeHealth(project.pace, sources) : undefined;
  return {
    name,
    kind: served.kind,
    source: 'code',
    role: served.role,
    cwd: root,
    command: await commandOf(project, { root, folder, name, target }),
    ...defined({ port: port && { number: port.number, from: port.from }, health: health?.path }),
    more: envFileOf(project, root),
    evidence: [`target "${target}" of "${name}" in ${file}`, ...(port === undefined ? [] : [port.evidence])],
    asks: await asksOfAll(project.pace, [...sources, ...env]),
  };
}

interface Place {
  readonly sources: readonly Source[];
  readonly file: string;
}

interface Port {
  readonly number: number;
  readonly from: 'written' | 'default';
  readonly evidence: string;
}

/** The option of the target comes first, then the configuration of the tool, and the code of a server. */
function portOfServed({ role, port, kind }: Served, settings: Data, { sources, file }: Place): Port | undefined {
  const written = (number: number, where: string): Port => ({ number, from: 'written', evidence: `port ${number} in ${where}` });
  const option = portOf(textAt(dataAt(settings, 'options'), 'port'));
  if (option !== undefined) return written(option, file);
  const configured = findInAny(sources, /\bserver\s*:\s*\{[^}]{0,200}?\bport\s*:\s*(\d{4,5})/);
  const number = portOf(configured?.groups[0]);
  if (configured !== undefined && number !== undefined) return written(number, configured.where);
  const inCode = role === 'backend' ? portInSources(sources) : undefined;
  if (inCode !== undefined) return written(inCode.number, inCode.where);
  return port === undefined
    ? undefined
    : { number: port, from: 'default', evidence: `port ${port} is the default of ${kind} in Nx` };
}

interface Named {
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly target: string;
}

/** A project in the folder of the workspace itself usually has a script for it. */
async function commandOf(project: Project, { root, folder, name, target }: Named): Promise<readonly string[]> {
  const manager = await managerOf(project, root);
  const manifest = join(root, 'package.json');
  const scripts = dataAt(parseJson((project.has(manifest) ? await project.text(manifest) : undefined) ?? ''), 'scripts');
  const own = new RegExp(
    `^(?:npx )?nx (?:run )?(?:${target}(?: ${name.replace(/\W/g, '\\$&')})?|${name.replace(/\W/g, '\\$&')}:${target})$`,
  );
  const script = Object.keys(scripts).find(
    (each) =>
      own.test(textAt(scripts, each) ?? '') && (folder === root || / |:/.test((textAt(scripts, each) ?? '').slice(3).trim())),
  );
  return script === undefined ? runProgram(manager, ['nx', target, name]) : runScript(manager, script);
}
