/** Servers and workers in JavaScript or TypeScript, run by Node, tsx, nodemon, Bun and similar programs. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources, envValue, ownEnv } from '../read/envFiles';
import { textAt } from '../read/formats';
import { nameOf, parentOf, stemOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { entryOf } from './entry';
import { runProgram, runScript, scriptEvidence, whereScript } from './packages';
import type { Package } from './packages';
import { portInSources, portVariableIn } from './ports';
import type { NodePort } from './ports';
import { isExample, portInJson } from './portSettings';
import { nodeHealth } from './routes';
import type { Script } from './scripts';
import { packageSources } from './sources';
import { portInScript } from './tools';

const frameworks =
  'express fastify koa @hapi/hapi hono @hono/node-server @nestjs/core socket.io ws @apollo/server apollo-server apollo-server-express restify polka h3 elysia @feathersjs/koa @feathersjs/express @adonisjs/core @trpc/server graphql-yoga'.split(
    ' ',
  );
const queues = 'bullmq bull amqplib kafkajs agenda node-cron bree bee-queue @temporalio/worker'.split(' ');

const serves =
  /\.listen\s*\(|createServer\s*\(|\b(?:Bun|Deno)\.serve\s*\(|(?<![\w.])serve\s*\(|startStandaloneServer|NestFactory|new\s+WebSocketServer|(?<![\w.])(?:express|[fF]astify|polka)\s*\(/;

/** Bun serves the default export of the file that it runs, on port 3000 unless that names another. */
const bunExport = /^export default (?:app|server|\{(?=[^}]{0,1000}\bfetch\b)|new (?:Hono|Elysia)\b|satisfies )/m;

/** What is known before the entry file is read. */
interface Started {
  readonly script: Script;
  readonly entry: string;
}

/** Returns the server that a script starts; undefined when it starts something else. */
export async function serverCandidate(
  project: Project,
  one: Package,
  script: Script,
): Promise<(Candidate & { readonly entry: string }) | undefined> {
  const entry = await entryOf(project, one, script.run.words);
  const source = entry === undefined ? undefined : await project.source(entry);
  if (entry === undefined || source === undefined) return undefined;
  const sources = [source, ...(await packageSources(project, one)).filter(({ file }) => file !== entry)];
  // A frontend in the same package has its own ports, so only files near the entry count for this server.
  const near = sources.filter(({ file }) => isNear(file, entry));
  const isBuns = script.run.words[0] === 'bun' && bunExport.test(source.text);
  if (!isServer(one, near) && !isBuns)
    return isWorker(one, script, source) ? { ...worker(project, one, { script, entry }), entry } : undefined;
  const env = await envSources(project, one.folder);
  const port = await portOfServer(project, one, { script, near, env: ownEnv(env, one.folder) });
  const variable = isBuns ? 'PORT' : portVariableIn(near);
  const health = await nodeHealth(project.pace, sources);
  const { manager } = one;
  return {
    ...base(project, one, { script, entry }),
    role: roleOf(one),
    more: { ...envFileOf(project, one.folder), ...envOfExample(port) },
    ...defined({ portVariable: port === undefined ? variable : undefined, port: asPort(port), health: port && health?.path }),
    evidence: [
      ...scriptEvidence(one, script),
      ...served(source),
      ...(port === undefined ? [] : [`port ${port.number} in ${port.where}`]),
      ...(health === undefined ? [] : [`GET ${health.path} in ${health.where}`]),
      ...(manager.evidence === undefined ? [] : [manager.evidence]),
    ],
    asks: await asksOfAll(project.pace, [...near, ...env]),
    entry,
  };
}

const asPort = (port: NodePort | undefined): CandidatePort | undefined =>
  port && { number: port.number, from: 'written', ...defined({ variable: port.variable }) };

/** Nothing reads an example, so its value is passed on. */
const envOfExample = (port: NodePort | undefined): { env?: Readonly<Record<string, string>> } =>
  port?.variable !== undefined && isExample(port.where) ? { env: { [port.variable]: String(port.number) } } : {};
/** A server without a framework may serve the files of a frontend: then the name of its folder decides. */
const roleOf = (one: Package): 'backend' | 'frontend' =>
  /(?:^|\/)(?:frontend|front-end|client|webapp|ui)$/i.test(one.folder) && !frameworks.some((name) => one.runsWith(name))
    ? 'frontend'
    : 'backend';

/** The entry serves, or imports a file next to it that does. */
function isServer(one: Package, [entry, ...near]: readonly Source[]): boolean {
  if (entry === undefined || serves.test(entry.text)) return entry !== undefined;
  const handsOver = /\b(?:import|require)\b[^\n]*['"]\.{1,2}\//.test(entry.text) && !looksLikeWorker(entry.text);
  return handsOver && frameworks.some((name) => one.runsWith(name)) && near.some(({ text }) => serves.test(text));
}

const looksLikeWorker = (text: string): boolean =>
  /new\s+Worker\s*\(|\.consume\s*\(|\.process\s*\(|consumer\.run|cron\.schedule/.test(text);

/** A package or a script that is called worker is one, also without a library for queues. */
const isWorker = (one: Package, script: Script, { text }: Source): boolean =>
  (queues.some((name) => one.has(name)) && looksLikeWorker(text)) ||
  bots.some((name) => one.runsWith(name)) ||
  [nameOf(one.folder), textAt(one.manifest, 'name') ?? '', script.name].some((name) => workerName.test(name));

const workerName = /(?:^|[-_:/])(?:workers?|consumers?|queues?|jobs?|cron|scheduler|indexer|processor|listener|bot)(?:[-_:]|$)/i;
const bots = ['discord.js', 'telegraf', 'grammy', 'node-telegram-bot-api', '@slack/bolt'];

const base = (project: Project, { folder, manager }: Package, { script, entry }: Started) => ({
  name: nameOf(folder),
  kind: `node ${stemOf(entry)}`,
  source: 'code' as const,
  cwd: folder,
  command: script.alone ? runScript(manager, script.name) : runProgramOf(manager, script),
  more: envFileOf(project, folder),
  scripts: [script.name],
});

/** Node itself is not a program of the package. */
const runProgramOf = (manager: Package['manager'], { run }: Script) =>
  /^(?:node|bun|deno)$/.test(run.words[0] ?? '') ? run.words : runProgram(manager, run.words);

const worker = (project: Project, one: Package, started: Started): Candidate => ({
  ...base(project, one, started),
  role: 'worker',
  evidence: scriptEvidence(one, started.script),
});

function served(source: Source): readonly string[] {
  const found = findIn(source, serves);
  const words =
    found === undefined ? undefined : /[\w.]+(?:\s+\w+)?/.exec(source.text.slice(found.index))?.[0].replace(/^\./, '');
  return found === undefined || words === undefined ? [] : [`${words}() in ${found.where}`];
}

/** Whether the file is below the entry's folder. For `bin/www` the folder above counts, because it uses `app.js` there. */
function isNear(file: string, entry: string): boolean {
  const folder = parentOf(entry);
  const home = nameOf(folder) === 'bin' ? parentOf(folder) : folder;
  return home === '' ? !/^(?:client|frontend|web|ui|app)\//.test(file) : file.startsWith(`${home}/`);
}

async function portOfServer(
  project: Project,
  one: Package,
  { script, near, env }: { readonly script: Script; readonly near: readonly Source[]; readonly env: readonly Source[] },
): Promise<NodePort | undefined> {
  const inScript = portInScript(script, one);
  if (inScript !== undefined) return { number: inScript.number, where: whereScript(one, script.name) };
  const variable = portVariableIn(near);
  const set = variable === undefined ? undefined : envValue(env, variable);
  const number = portOf(set?.value);
  if (set !== undefined && number !== undefined && variable !== undefined) return { number, where: set.where, variable };
  return portInSources(near) ?? (await portInJson(project, one.folder, near)) ?? portInEnv(env);
}

/** Without another port, `PORT` in an env file next to the package is the server's. */
function portInEnv(env: readonly Source[]): NodePort | undefined {
  const set = envValue(env, 'PORT');
  const number = portOf(set?.value);
  return set === undefined || number === undefined ? undefined : { number, where: set.where, variable: 'PORT' };
}
