/** Which engine Docker's command line uses, by its own rules: DOCKER_HOST, else a context. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { remoteHost } from '../../core/compose/engineAddress';
import { parseJson, textAt } from '../../core/compose/json';
import { runTool } from '../system/runTool';

export interface EngineAddress {
  /** Whole path of Docker's command line. */
  readonly docker: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

type Environment = EngineAddress['env'];

/** Its context, whose name for "no other one" is `default`. */
export const defaultContext = 'default';

/** Reading a context takes some 0.05 s; under load more. */
const contextTimeoutMs = 10_000;

const variable = (env: Environment, name: string): string => env[name] ?? process.env[name] ?? '';

/** The context in use; undefined when DOCKER_HOST names the engine, which goes before every context. */
export async function contextOf(env: Environment): Promise<string | undefined> {
  if (variable(env, 'DOCKER_HOST') !== '') return undefined;
  const named = variable(env, 'DOCKER_CONTEXT');
  if (named !== '') return named;
  const folder = variable(env, 'DOCKER_CONFIG') || join(homedir(), '.docker');
  const config = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '');
  return textAt(parseJson(config), 'currentContext') || defaultContext;
}

/** The host at which its published ports are reached; undefined when that is this machine, or not known. */
export async function engineHost({ docker, cwd, env }: EngineAddress): Promise<string | undefined> {
  const context = await contextOf(env);
  if (context === undefined) return remoteHost(variable(env, 'DOCKER_HOST'));
  if (context === defaultContext) return undefined;
  const words = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', context];
  const read = await runTool(docker, words, contextTimeoutMs, { cwd, env });
  return read.kind === 'known' && read.value.exitCode === 0 ? remoteHost(read.value.stdout.trim()) : undefined;
}
