/** Flask apps and factories, started by `flask run`, or by their script when Socket.IO serves them. */
import type { Candidate, Detector } from '../candidate';
import { envSources, envValue } from '../read/envFiles';
import { join } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { appsIn } from './apps';
import type { App } from './apps';
import { runScript } from './runScript';
import { doesMore } from './mainBlock';
import { portInCall } from './ports';
import type { WrittenPort } from './ports';
import { pythonServer } from './server';
import { moduleOf, pythonSources } from './sources';

const runCall = /\b(?:app|application|socketio)\.run\s*\(/;

export const flask: Detector = async (project) => {
  const sources = await pythonSources(project);
  const best = new Map<string, App>();
  for (const app of await appsIn(project.pace, sources, 'Flask')) {
    const { cwd } = moduleOf(project, app.source);
    if (!best.has(cwd)) best.set(cwd, app);
  }
  return project.pace.map([...best], ([cwd, app]) => propose(project, cwd, { app, sources }));
};

async function propose(
  project: Project,
  cwd: string,
  { app, sources }: { readonly app: App; readonly sources: readonly Source[] },
): Promise<Candidate> {
  const near = sources.filter((source) => moduleOf(project, source).cwd === cwd);
  const socket = near.find((source) => findIn(source, /\bsocketio\.run\s*\(/) !== undefined);
  const written = (await configured(project, cwd)) ?? firstPort(near);
  const port =
    written === undefined ? ({ number: 5000, from: 'default' } as const) : ({ number: written.number, from: 'written' } as const);
  const evidence = [
    `${app.written} in ${app.where}`,
    written === undefined ? "port 5000 is Flask's default" : `port ${written.number} in ${written.where}`,
  ];
  if (socket !== undefined) {
    evidence.push(`socketio.run() in ${findIn(socket, runCall)?.where ?? socket.file}`);
    return pythonServer(project, { kind: 'flask', ...runScript(project, socket), port, evidence }, sources);
  }
  const script = near.find((source) => doesMore(source) && findIn(source, runCall) !== undefined);
  if (script !== undefined) {
    evidence.push(`its main block in ${findIn(script, runCall)?.where ?? script.file} does more than app.run()`);
    return pythonServer(project, { kind: 'flask', ...runScript(project, script), port, evidence }, sources);
  }
  // `flask run` itself takes --debug only since 2.2.3 (Debian 12 has 2.2.2); before `run`, all versions since 2.2 take it.
  const args = ['-m', 'flask', '--app', target(project, app), '--debug', 'run', '--port', '${port}'];
  return pythonServer(project, { kind: 'flask', cwd, args, port, evidence }, sources);
}

/** Flask finds apps and factories with these names automatically. */
function target(project: Project, { source, name }: App): string {
  const { module } = moduleOf(project, source);
  return /^(?:app|application|create_app|make_app)$/.test(name) ? module : `${module}:${name}`;
}

async function configured(project: Project, cwd: string): Promise<WrittenPort | undefined> {
  const flaskEnv = await project.sources([join(cwd, '.flaskenv')].filter((file) => project.has(file)));
  const set = envValue([...flaskEnv, ...(await envSources(project, cwd))], 'FLASK_RUN_PORT');
  const number = portOf(set?.value);
  return set === undefined || number === undefined ? undefined : { number, where: set.where };
}

function firstPort(sources: readonly Source[]): WrittenPort | undefined {
  for (const source of sources) {
    const port = portInCall(source, runCall);
    if (port !== undefined) return port;
  }
  return undefined;
}
