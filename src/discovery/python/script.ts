/** Plain Python servers: scripts that open a port themselves, such as `python backend/run_server.py`. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort, Detector } from '../candidate';
import { nameOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn } from '../read/source';
import type { Source } from '../read/source';
import { runScript } from './runScript';
import { mainBlock } from './mainBlock';
import { importedBy } from './modules';
import { argumentPort, portInCall } from './ports';
import { pythonServer } from './server';
import { pythonSources } from './sources';

interface Serving {
  readonly call: RegExp;
  /** Finds the port among positional arguments. */
  readonly positional?: RegExp;
  readonly usual?: number;
}

const tuple = /\(\s*[^,()]{0,200},\s*([^)]{0,1000})\)/;

/** Calls that serve until the process ends. */
const serving: readonly Serving[] = [
  { call: /\b(?:Threading)?HTTPServer\s*\(/, positional: tuple },
  { call: /\b(?:Threading|Forking)?TCPServer\s*\(/, positional: tuple },
  { call: /\bmake_server\s*\(/, positional: /^[^,]*,\s*([^,]*)/ },
  { call: /\bweb\.run_app\s*\(/, usual: 8080 },
  { call: /\bwebsockets\.serve\s*\(/, positional: /^[^,]*,[^,]*,\s*([^,)]*)/ },
  { call: /\b(?:app|server|http_server)\.listen\s*\(/, positional: /^\s*([^,)]*)/ },
  { call: /\b(?:asyncio\.start_server|loop\.create_server)\s*\(/, positional: /^[^,]*,[^,]*,\s*([^,)]*)/ },
  { call: /\badd_(?:in)?secure_port\s*\(/, positional: /:(\d{2,5})/ },
  { call: /\bwaitress\.serve\s*\(|(?<![\w.])serve\s*\((?=[^)]{0,1000}\bport\s*=)/, usual: 8080 },
];

const needed =
  /^[ \t]*(?:import|from)[ \t]+(?:http\.server|socketserver|wsgiref|aiohttp|websockets|tornado|waitress|bottle|sanic|asyncio|grpc)\b/m;
const bottleOrSanic: Serving = { call: /(?:^|[^\w.])(?:\w+\.)?run\s*\(/, usual: 8080 };

export const pythonScript: Detector = async (project) => {
  const sources = await pythonSources(project);
  const found = await project.pace.map(sources, (source) => propose(project, source, sources));
  return oneForEachPort(found.filter((candidate) => candidate !== undefined));
};

async function propose(project: Project, source: Source, sources: readonly Source[]): Promise<Candidate | undefined> {
  if (!isStarted(source) || isTool.test(source.file)) return undefined;
  const seen = servingIn(source) ?? servingBehind(source, sources);
  if (seen === undefined) return undefined;
  const { way, where, at } = seen;
  const written = portInCall(at, way.call, way.positional) ?? argumentPort(source);
  const number = written?.number ?? way.usual;
  const name = /[\w.]+/.exec(at.text.slice(findIn(at, way.call)?.index ?? 0))?.[0] ?? 'server';
  const evidence = [`${name}() in ${where}`, ...(written === undefined ? [] : [`port ${written.number} in ${written.where}`])];
  const from = written === undefined ? 'default' : 'written';
  const port: CandidatePort | undefined = number === undefined ? undefined : { number, from };
  return pythonServer(
    project,
    { kind: `python ${nameOf(source.file)}`, ...runScript(project, source), ...defined({ port }), evidence },
    sources,
  );
}

/** Scripts in such folders are tools of the project. */
const isTool = /(?:^|\/)(?:scripts?|tools?|extra|ci|hack|utils?|client)\//;

interface Seen {
  readonly way: Serving;
  readonly where: string;
  readonly at: Source;
}

function servingIn(source: Source): Seen | undefined {
  if (!needed.test(source.text)) return undefined;
  const ways = /\b(?:bottle|sanic)\b/.test(source.text)
    ? [...serving, { ...bottleOrSanic, usual: source.text.includes('sanic') ? 8000 : 8080 }]
    : serving;
  for (const way of ways) {
    const call = findIn(source, way.call);
    if (call !== undefined) return { way, where: call.where, at: source };
  }
  return undefined;
}

/** A script may start a server that is in a module beside it. */
function servingBehind(source: Source, sources: readonly Source[]): Seen | undefined {
  if (mainBlock(source) === undefined) return undefined;
  for (const other of importedBy(source, sources)) {
    if (mainBlock(other) !== undefined || /\b(?:FastAPI|Flask|Starlette)\(/.test(other.text)) continue;
    const seen = servingIn(other);
    if (seen !== undefined) return seen;
  }
  return undefined;
}

/** A script contains top-level code that starts something; a library module does not. */
const isStarted = ({ text }: Source): boolean =>
  /^if[ \t]+__name__[ \t]*==/m.test(text) ||
  /^(?:\w+\.serve_forever|web\.run_app|asyncio\.run|\w+\.run|serve|with[ \t])\b/m.test(text);

/** Two scripts in one folder on one port start the same server. The first has the likelier name. */
function oneForEachPort(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ cwd, port }) => {
    const key = `${cwd}:${port?.number ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
