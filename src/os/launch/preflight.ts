/** Everything that a start needs, resolved and looked at before any process is made. Of the workspace nothing is executed here. */
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Launch, Preflight, StepPreflight, StepPreparation } from '../../app/ports';
import type { LaunchFailure } from '../../core/model/failure';
import type { ServiceSpec, SetupStep } from '../../core/model/service';
import { readEnv } from '../../core/workspaceFiles/readEnv';
import { substitute } from '../../core/config/variables';
import type { VariableLookUp } from '../../core/config/variables';
import { withProgram } from '../../core/compose/words';
import type { ComposeLocator } from '../compose/program';
import { findProgram } from './findProgram';

/** Finds Docker Compose, for services with `compose`. */
export type FindCompose = ComposeLocator['find'];

type Outcome<T> = { ok: true; value: T } | { ok: false; failure: LaunchFailure };

const fine = <T>(value: T): Outcome<T> => ({ ok: true, value });
const refused = (failure: LaunchFailure): { ok: false; failure: LaunchFailure } => ({ ok: false, failure });

export class FilePreflight implements Preflight, StepPreflight {
  constructor(
    private readonly variablesOf: (spec: ServiceSpec) => VariableLookUp,
    private readonly isTrusted: () => boolean,
    private readonly findCompose: FindCompose,
  ) {}

  async prepare(spec: ServiceSpec): Promise<{ ok: true; launch: Launch } | { ok: false; failure: LaunchFailure }> {
    if (!this.isTrusted()) return refused({ kind: 'untrusted' });
    const lookUp = this.variablesOf(spec);
    const cwd = await folder(spec, lookUp);
    if (!cwd.ok) return cwd;
    const env = await environment(spec, lookUp, { cwd: cwd.value, missing: 'refuse' });
    if (!env.ok) return env;
    const place = { cwd: cwd.value, env: env.value };
    if (isComposed(spec)) return this.#composed(spec, lookUp, place);
    const command = await resolveCommand(spec, lookUp, place);
    return command.ok ? { ok: true, launch: { command: command.value, ...place } } : command;
  }

  /** The context of Docker in use now is kept, so that what is started with one engine is stopped with it too. */
  async #composed(
    { command }: Composed,
    lookUp: VariableLookUp,
    { cwd, env }: Omit<Launch, 'command'>,
  ): ReturnType<Preflight['prepare']> {
    const found = await this.findCompose({ cwd, env, platform: process.platform });
    if (!found.ok) return refused({ kind: 'missingCommand', command: found.missing });
    const { compose, context } = found.tools;
    const words = command.map((word) => replaced(word, lookUp));
    const own = { ...env, ...(context !== undefined && { DOCKER_CONTEXT: context }) };
    return { ok: true, launch: { command: withProgram(words, compose), cwd, env: own } };
  }

  /** The values that its env files set, of those that can be read. */
  async envFileValues(spec: ServiceSpec): Promise<readonly string[]> {
    const lookUp = this.variablesOf(spec);
    const cwd = folderOf(spec, lookUp);
    const { portChoice: _choice, ...fixed } = spec;
    const read = await environment({ ...fixed, env: {} }, lookUp, { cwd, missing: 'leaveOut' });
    return read.ok ? Object.values(read.value) : [];
  }

  async prepareStep(spec: ServiceSpec, { name, command, unless }: SetupStep): Promise<StepPreparation> {
    if (!this.isTrusted()) return refused({ kind: 'untrusted' });
    const lookUp = this.variablesOf(spec);
    const cwd = await folder(spec, lookUp);
    if (!cwd.ok) return cwd;
    const env = await environment(spec, lookUp, { cwd: cwd.value, missing: 'leaveOut' });
    if (!env.ok) return env;
    const place = { cwd: cwd.value, env: env.value };
    const launch = { ...place, command: await shellLine(replaced(command, lookUp), place) };
    if (unless === undefined) return { ok: true, step: { name, launch } };
    const made = substitute(unless, lookUp, 'refuse');
    if (!made.ok) return refused({ kind: 'unknownVariable', variable: made.variable, where: 'setup' });
    return { ok: true, step: { name, launch, unless: path.resolve(cwd.value, made.text) } };
  }
}

/** A command that stops or probes such a service is a string, and no call of Compose of ours. */
type Composed = ServiceSpec & { readonly command: readonly string[] };
const isComposed = (spec: ServiceSpec): spec is Composed => spec.compose !== undefined && typeof spec.command !== 'string';

/** The folder a service works in, whether or not it exists. */
export function folderOf(spec: ServiceSpec, lookUp: VariableLookUp): string {
  const written = substitute(spec.cwd, lookUp, 'leave');
  return path.resolve(spec.folder, written.ok ? written.text : spec.cwd);
}

async function folder(spec: ServiceSpec, lookUp: VariableLookUp): Promise<Outcome<string>> {
  const written = substitute(spec.cwd, lookUp, 'refuse');
  if (!written.ok) return refused({ kind: 'unknownVariable', variable: written.variable, where: 'cwd' });
  const full = path.resolve(spec.folder, written.text);
  const found = await stat(full).catch(() => undefined);
  if (found === undefined) return refused({ kind: 'missingFolder', path: full });
  return found.isDirectory() ? fine(full) : refused({ kind: 'notAFolder', path: full });
}

interface EnvFiles {
  readonly cwd: string;
  readonly missing: 'refuse' | 'leaveOut';
}

/** Many servers read PORT. An env file or `env` may set another value. */
const chosenPort = ({ port, portChoice }: ServiceSpec): { readonly PORT?: string } =>
  port === undefined || portChoice === undefined ? {} : { PORT: String(port) };

/** Env files in their order, then `env`: the later one wins, as in Compose. Relative files are looked for in `cwd`, then in the folder. */
async function environment(
  spec: ServiceSpec,
  lookUp: VariableLookUp,
  { cwd, missing }: EnvFiles,
): Promise<Outcome<Record<string, string>>> {
  const env: Record<string, string> = { ...chosenPort(spec) };
  for (const written of spec.envFiles) {
    const read = await envFile(written, lookUp, [cwd, spec.folder]);
    if (read.ok)
      Object.assign(
        env,
        readEnv(read.value, (name) => env[name] ?? process.env[name]),
      );
    else if (read.failure.kind !== 'missingEnvFile' || missing === 'refuse') return read;
  }
  for (const [name, value] of Object.entries(spec.env)) env[name] = replaced(value, lookUp);
  return fine(env);
}

async function envFile(written: string, lookUp: VariableLookUp, folders: readonly string[]): Promise<Outcome<string>> {
  const name = substitute(written, lookUp, 'refuse');
  if (!name.ok) return refused({ kind: 'unknownVariable', variable: name.variable, where: 'envFile' });
  const candidates = [...new Set(folders.map((base) => path.resolve(base, name.text)))];
  for (const candidate of candidates) {
    try {
      return fine(await readFile(candidate, 'utf8'));
    } catch (error) {
      if (!isMissing(error)) return refused({ kind: 'unreadableEnvFile', path: candidate, detail: messageOf(error) });
    }
  }
  return refused(await missingEnvFile(candidates[0] ?? name.text, candidates));
}

/** Names by which projects keep an env file without its secrets. */
const examples = (file: string): readonly string[] =>
  ['.example', '.sample', '.template', '.dist']
    .map((ending) => `${file}${ending}`)
    .concat(path.join(path.dirname(file), '.env.example'));

/** The example decides where the copy belongs: beside it. */
async function missingEnvFile(first: string, candidates: readonly string[]): Promise<LaunchFailure> {
  for (const candidate of candidates) {
    for (const example of examples(candidate)) {
      if (await isFile(example)) return { kind: 'missingEnvFile', path: candidate, example };
    }
  }
  return { kind: 'missingEnvFile', path: first };
}

/** Variables without a value stay: the shell has variables of its own. */
function replaced(text: string, lookUp: VariableLookUp): string {
  const found = substitute(text, lookUp, 'leave');
  return found.ok ? found.text : text;
}

/** A string goes to the shell as it is: what the shell knows is not visible here. The program of an array must be there. */
async function resolveCommand(
  spec: ServiceSpec,
  lookUp: VariableLookUp,
  launch: Omit<Launch, 'command'>,
): Promise<Outcome<Launch['command']>> {
  if (typeof spec.command === 'string') return fine(await shellLine(replaced(spec.command, lookUp), launch));
  const [program = '', ...args] = spec.command.map((word) => replaced(word, lookUp));
  const found = await findProgram(program, { ...launch, platform: process.platform });
  return found === undefined ? refused({ kind: 'missingCommand', command: program }) : fine([found, ...args]);
}

/** What means the same in every shell of Windows; elsewhere the line as it is written. */
const shellLine = async (line: string, launch: Omit<Launch, 'command'>): Promise<Launch['command']> =>
  process.platform === 'win32' ? (await import('./windowsCommand')).windowsCommand(line, launch) : line;

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() ?? false;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
