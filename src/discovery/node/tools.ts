/** A service that a frontend tool serves. Its port comes from the script, the configuration or the default. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort } from '../candidate';
import { optionOf } from '../command';
import { asksOf, asksOfAll } from '../read/asks';
import { envSources, envValue, ownEnv } from '../read/envFiles';
import { dataAt, parseJson } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { insideBrackets, portOf, whereIs } from '../read/source';
import type { Source } from '../read/source';
import type { Tool } from './frontends';
import { runProgram, runScript, scriptEvidence, whereScript } from './packages';
import type { Package } from './packages';
import type { Script } from './scripts';
import { packageSources } from './sources';

interface Port {
  readonly number: number;
  readonly evidence: string;
  readonly from: CandidatePort['from'];
}

export async function toolCandidate(
  project: Project,
  one: Package,
  { script, tool }: { script: Script; tool: Tool },
): Promise<Candidate> {
  const { folder, manager } = one;
  const sources = [
    ...(await configsOf(project, folder, script.run)),
    ...(await packageSources(project, one, tool.role === 'frontend')),
  ];
  const env = await envSources(project, folder);
  const port =
    portInScript(script, one) ??
    portInEnv(tool, ownEnv(env, folder)) ??
    portInConfig(tool, one, [...sources, ...env, ...(await sharedEnv(project, folder))]) ??
    (await portOfAngular(project, one, tool)) ??
    byDefault(tool);
  const command = script.alone ? runScript(manager, script.name) : runProgram(manager, script.run.words);
  const isSecure = sources.some(
    ({ file, text }) => nameOf(file).startsWith('vite.config') && /basicSsl|mkcert|\bhttps\s*:(?!\s*false)/.test(text),
  );
  return {
    name: nameOf(join(folder, script.run.cd)),
    kind: tool.kind,
    source: 'code',
    role: tool.role,
    cwd: script.alone ? folder : join(folder, script.run.cd),
    command,
    port: { number: port.number, from: port.from, ...moves(tool, one, script) },
    ...defined({ health: isSecure ? undefined : tool.health, more: tool.env && { env: { ...tool.env } } }),
    evidence: [...scriptEvidence(one, script), port.evidence, ...(manager.evidence === undefined ? [] : [manager.evidence])],
    asks: [...(await asksOfAll(project.pace, [...sources, ...env])), ...proxyOf(one)],
    scripts: [script.name],
  };
}

/** Returns how to start it on another port: by an option that the script passes on, or by a variable. */
function moves(
  tool: Tool,
  { manager }: Package,
  { name, alone, passesArguments, run }: Script,
): Pick<CandidatePort, 'move' | 'variable'> {
  if (tool.portVariable !== undefined) return run.env[tool.portVariable] === undefined ? { variable: tool.portVariable } : {};
  if (tool.portOption === undefined || portWords(run.words) !== undefined || !passesArguments) return {};
  const args = [tool.portOption, '${port}'];
  return { move: alone ? runScript(manager, name, args) : runProgram(manager, [...run.words, ...args]) };
}

const portWords = (words: readonly string[]) => optionOf(words, '--port', '-p', '-P', '--listen', '-l');

export function portInScript({ name, run }: Script, one: Package): Port | undefined {
  const number = portOf(portWords(run.words)) ?? portOf(run.env['PORT']);
  return number === undefined ? undefined : { number, from: 'written', evidence: `port ${number} in ${whereScript(one, name)}` };
}

/** Reads only what the tool itself reads from its env file: Create React App uses PORT, Vite does not. */
function portInEnv({ portVariable }: Tool, env: readonly Source[]): Port | undefined {
  const set =
    portVariable === undefined
      ? undefined
      : envValue(
          env.filter(({ file }) => !/example|sample|template/.test(file)),
          portVariable,
        );
  const number = portOf(set?.value);
  return set === undefined || number === undefined
    ? undefined
    : { number, from: 'written', evidence: `port ${number} in ${set.where}` };
}

/** Vite's configuration may read the env files of the folder above. */
const sharedEnv = async (project: Project, folder: string): Promise<readonly Source[]> =>
  folder === '' ? [] : project.sources(['.env', '.env.development'].filter((name) => project.has(name)));

/** The configuration that an option names, or that of the folder that the tool is told to serve. */
async function configsOf(project: Project, folder: string, { words }: Script['run']): Promise<readonly Source[]> {
  const named = optionOf(words, '--config', '-c');
  const roots = [optionOf(words, '--root'), ...words.slice(1)].filter((word) => word !== undefined && /^[\w./-]+$/.test(word));
  const files = roots.flatMap((root) => project.filesIn(join(folder, root ?? '')).map((name) => join(folder, root ?? '', name)));
  const configs = files.filter((file) => /^[\w-]+\.config\.[cm]?[jt]s$/.test(nameOf(file)) && parentOf(file) !== folder);
  return project.sources([...(named === undefined ? [] : [join(folder, named)]), ...configs.slice(0, 3)]);
}

function portInConfig({ config, configKey }: Tool, { folder }: Package, sources: readonly Source[]): Port | undefined {
  if (config === undefined || configKey === undefined) return undefined;
  const source = configIn(sources, join(folder, config), folder);
  const opening = source === undefined ? null : new RegExp(`\\b${configKey}\\s*:\\s*\\{`).exec(source.text);
  if (source === undefined || opening === null) return undefined;
  const start = opening.index + opening[0].length - 1;
  const own = withoutNested(insideBrackets(source.text, start, maxConfigCharacters));
  // `port: Number(process.env.PORT) || 3000`, `port: parseInt(env.PORT ?? "3000", 10)`
  const found = /\bport\s*:\s*[^,\n}]*?(\d{3,5})/.exec(own);
  const number = portOf(found?.[1]);
  if (found === null || number === undefined) return undefined;
  return (
    portByVariable(found[0], sources) ?? {
      number,
      from: 'written',
      evidence: `port ${number} in ${whereIs(source, start + 1 + found.index)}`,
    }
  );
}

/** A configuration that an option named comes first. */
function configIn(sources: readonly Source[], config: string, folder: string): Source | undefined {
  const [first] = sources;
  const isNamed =
    first !== undefined && nameOf(first.file).includes('config.') && !first.file.startsWith(`${join(folder, 'src')}/`);
  return isNamed ? first : sources.find(({ file }) => file.startsWith(`${config}.`));
}

/** `port: Number(env.VITE_APP_PORT || 3000)` */
function portByVariable(written: string, sources: readonly Source[]): Port | undefined {
  const variable = /\b([A-Z][A-Z0-9_]*PORT)\b/.exec(written)?.[1];
  const env = sources.filter(({ file }) => /^\.env(?:\.(?:development|local|development\.local))?$/.test(nameOf(file)));
  const set = variable === undefined ? undefined : envValue(env, variable);
  const number = portOf(set?.value);
  return set === undefined || number === undefined
    ? undefined
    : { number, from: 'written', evidence: `port ${number} in ${set.where}` };
}

/** The object of the configuration is searched this far. */
const maxConfigCharacters = 8000;

/** Replaces nested braces by spaces, such as those of `hmr` and `proxy` with their own ports. All positions stay. */
function withoutNested(text: string): string {
  let depth = 0;
  let own = '';
  for (const character of text) {
    if (character === '}') depth--;
    own += depth > 0 && character !== '\n' ? ' ' : character;
    if (character === '{') depth++;
  }
  return own;
}

async function portOfAngular(project: Project, { folder }: Package, { kind }: Tool): Promise<Port | undefined> {
  const file = join(folder, 'angular.json');
  if (kind !== 'angular' || !project.has(file)) return undefined;
  const workspace = parseJson((await project.text(file)) ?? '');
  for (const name of Object.keys(dataAt(workspace, 'projects'))) {
    const target = { ...dataAt(workspace, 'projects', name, 'targets'), ...dataAt(workspace, 'projects', name, 'architect') };
    const port = dataAt(target, 'serve', 'options')['port'];
    if (typeof port === 'number' && port > 0)
      return { number: port, from: 'written', evidence: `port ${port} of "${name}" in ${file}` };
  }
  return undefined;
}

const byDefault = ({ title, port }: Tool): Port => ({
  number: port,
  from: 'default',
  evidence: `port ${port} is ${title}'s default`,
});

/** Create React App's `"proxy": "http://localhost:8000"`. */
const proxyOf = ({ source, manifest }: Package) => (typeof manifest['proxy'] === 'string' ? asksOf(source) : []);
