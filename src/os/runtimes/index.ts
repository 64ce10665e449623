/** Compares the version of Node or Python that a service would run with the one that its project asks for. */
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as semver from 'semver';
import type { RuntimeReader, RuntimeRequest } from '../../app/diagnosis/parts';
import type { RuntimeFacts, RuntimeProgram } from '../../core/diagnosis/facts';
import { defined } from '../../core/model/defined';
import { declaredVersion } from './declared';
import { managedVersions } from './installed';
import { programOf, usedVersion } from './used';

type Env = Readonly<Record<string, string | undefined>>;

/** `base` is the environment that tasks inherit. */
export function createRuntimeReader(base: Env = process.env): RuntimeReader {
  return { look: (request) => look(request, base) };
}

async function look({ command, folders, env }: RuntimeRequest, base: Env): Promise<RuntimeFacts | undefined> {
  const program = programOf(command);
  const declared = program === undefined ? undefined : await declaredVersion(program, folders);
  if (program === undefined || declared === undefined || semver.validRange(declared.range) === null) return undefined;
  const used = await usedVersion(program, env['PATH'] ?? base['PATH'] ?? base['Path'] ?? '');
  if (used === undefined || semver.valid(used) === null) return undefined;
  const { wanted, range, file, kind } = declared;
  const facts = { program, used, wanted, file, fits: semver.satisfies(used, range) };
  const others = facts.fits ? {} : await otherVersions(program, range, { ...base, ...env });
  // What a version manager would pick is no requirement: without one nothing shows that it matters.
  return !facts.fits && kind === 'choice' && Object.keys(others).length === 0 ? undefined : { ...facts, ...others };
}

/** Returns the newest version that fits and is installed, or else how to install one. */
async function otherVersions(program: RuntimeProgram, range: string, env: Env): Promise<Pick<RuntimeFacts, 'right' | 'install'>> {
  const { installed, install } = await managedVersions(program, env);
  const fitting = installed.filter(({ version }) => semver.satisfies(version, range));
  const [right] = fitting.sort((a, b) => semver.rcompare(a.version, b.version));
  if (right !== undefined) return { right: { version: right.version, folder: portable(right.folder) } };
  const minimum = semver.minVersion(range)?.version;
  return minimum === undefined ? {} : defined({ install: install?.(minimum) });
}

/** Returns the folder as services.json has it: without the name of the user where it is below the home folder. */
function portable(folder: string): string {
  const below = path.relative(homedir(), folder);
  if (below === '' || below.startsWith('..') || path.isAbsolute(below)) return folder;
  return `${process.platform === 'win32' ? '${env:USERPROFILE}' : '${env:HOME}'}${path.sep}${below}`;
}
