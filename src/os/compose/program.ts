/** Finds Docker Compose: the plugin of Docker's command line, else docker-compose 1.29. */
import { defined } from '../../core/model/defined';
import type { Surroundings } from '../launch/findProgram';
import { findProgram } from '../launch/findProgram';
import { runTool } from '../system/runTool';
import { contextOf, defaultContext } from './engineAddress';

export interface ComposeTools {
  /** Whole path of Docker's command line. */
  readonly docker: string;
  /** How Compose is called: the program and its first words. */
  readonly compose: readonly string[];
  /** Of Docker's command line; undefined when DOCKER_HOST names the engine. */
  readonly context?: string;
}

export type FoundTools =
  | { readonly ok: true; readonly tools: ComposeTools }
  /** What is not installed. */
  | { readonly ok: false; readonly missing: string };

/** Asking a plugin for its version takes some 0.1 s; under load more. */
const versionTimeoutMs = 10_000;

export class ComposeLocator {
  /** By the place of Docker's command line and its configuration. Only what was found is kept: it may be installed later. */
  readonly #found = new Map<string, ComposeTools>();

  /** Its command line is needed with docker-compose too, for events and states. */
  async find(surroundings: Surroundings): Promise<FoundTools> {
    const docker = await findProgram('docker', surroundings);
    if (docker === undefined) return { ok: false, missing: 'docker' };
    const key = JSON.stringify([docker, surroundings.env['DOCKER_CONFIG'] ?? '']);
    const tools = this.#found.get(key) ?? (await look(docker, surroundings));
    if (tools === undefined) return { ok: false, missing: 'docker compose' };
    this.#found.set(key, tools);
    const context = await contextOf(surroundings.env);
    return { ok: true, tools: { ...inContext(tools, context), ...defined({ context }) } };
  }
}

/** docker-compose 1.29 does not read DOCKER_CONTEXT. */
function inContext({ docker, compose }: ComposeTools, context: string | undefined): ComposeTools {
  const isNamed = compose[1] === undefined && context !== undefined && context !== defaultContext;
  return { docker, compose: isNamed ? [...compose, '--context', context] : compose };
}

async function look(docker: string, surroundings: Surroundings): Promise<ComposeTools | undefined> {
  const { cwd, env } = surroundings;
  const version = await runTool(docker, ['compose', 'version'], versionTimeoutMs, { cwd, env });
  if (version.kind === 'known' && version.value.exitCode === 0) return { docker, compose: [docker, 'compose'] };
  const old = await findProgram('docker-compose', surroundings);
  return old === undefined ? undefined : { docker, compose: [old] };
}
