/** Common parts of all Python servers in a folder: interpreter, env file, health check, and the ports they ask. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort, Words } from '../candidate';
import { asksOfAll } from '../read/asks';
import { envFileOf, envSources } from '../read/envFiles';
import { isWithin, nameOf } from '../read/paths';
import type { Project } from '../read/project';
import type { Source } from '../read/source';
import { interpreterFor } from './interpreter';
import { pythonHealth } from './routes';

export interface PythonServer {
  readonly kind: string;
  readonly cwd: string;
  /** What follows the interpreter. */
  readonly args: Words;
  readonly port?: CandidatePort;
  readonly evidence: readonly string[];
  readonly openPath?: string;
  /** A health path that the framework itself provides. */
  readonly health?: string;
}

export async function pythonServer(project: Project, server: PythonServer, all: readonly Source[]): Promise<Candidate> {
  const { kind, cwd, args, port, openPath } = server;
  const own = all.filter(({ file }) => isWithin(file, cwd));
  const interpreter = await interpreterFor(project, cwd);
  const route = server.health === undefined ? await pythonHealth(project.pace, own) : undefined;
  const health = server.health ?? route?.path;
  const env = await envSources(project, cwd);
  const command = [...interpreter.words, ...args];
  return {
    name: nameOf(cwd),
    kind,
    source: 'code',
    role: 'backend',
    cwd,
    command,
    ...defined({
      port: port && command.includes('${port}') ? { ...port, move: command } : port,
      health: port && health,
      openPath,
    }),
    more: envFileOf(project, cwd),
    evidence: [
      ...server.evidence,
      ...(route === undefined ? [] : [`GET ${route.path} in ${route.where}`]),
      ...(interpreter.evidence === undefined ? [] : [interpreter.evidence]),
    ],
    asks: await asksOfAll(project.pace, [...own, ...env]),
  };
}
