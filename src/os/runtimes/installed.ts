/** Finds the versions of Node and Python that version managers have installed for this user. Runs nothing. */
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import type { RuntimeProgram } from '../../core/diagnosis/facts';

type Env = Readonly<Record<string, string | undefined>>;

export interface InstalledVersion {
  readonly version: string;
  /** The folder of the program, for PATH. */
  readonly folder: string;
}

interface VersionManager {
  readonly program: RuntimeProgram;
  /** The folder whose existence shows that the manager is used. */
  readonly home: (env: Env) => string;
  /** Below `home`: one folder per version. */
  readonly versions: string;
  /** Below the folder of a version. */
  readonly programs: string;
  /** The command that installs a version. */
  readonly install: (version: string) => string;
}

const user = (...parts: readonly string[]): string => path.join(homedir(), ...parts);
const named =
  (variable: string, ...fallback: readonly string[]) =>
  (env: Env): string =>
    env[variable] ?? user(...fallback);
const asdf = named('ASDF_DATA_DIR', '.asdf');
const miseHome = named('MISE_DATA_DIR', '.local', 'share', 'mise');

const managers: readonly VersionManager[] = [
  {
    program: 'node',
    home: named('NVM_DIR', '.nvm'),
    versions: 'versions/node',
    programs: 'bin',
    install: (version) => `nvm install ${version}`,
  },
  {
    program: 'node',
    home: named('FNM_DIR', '.local', 'share', 'fnm'),
    versions: 'node-versions',
    programs: 'installation/bin',
    install: (version) => `fnm install ${version}`,
  },
  {
    program: 'node',
    home: named('VOLTA_HOME', '.volta'),
    versions: 'tools/image/node',
    programs: 'bin',
    install: (version) => `volta install node@${version}`,
  },
  {
    program: 'node',
    home: miseHome,
    versions: 'installs/node',
    programs: 'bin',
    install: (version) => `mise install node@${version}`,
  },
  {
    program: 'node',
    home: asdf,
    versions: 'installs/nodejs',
    programs: 'bin',
    install: (version) => `asdf install nodejs ${version}`,
  },
  {
    program: 'python',
    home: named('PYENV_ROOT', '.pyenv'),
    versions: 'versions',
    programs: 'bin',
    install: (version) => `pyenv install ${version}`,
  },
  {
    program: 'python',
    home: miseHome,
    versions: 'installs/python',
    programs: 'bin',
    install: (version) => `mise install python@${version}`,
  },
  {
    program: 'python',
    home: asdf,
    versions: 'installs/python',
    programs: 'bin',
    install: (version) => `asdf install python ${version}`,
  },
];

export interface Managed {
  readonly installed: readonly InstalledVersion[];
  /** Of the first manager that is there. */
  readonly install?: (version: string) => string;
}

export async function managedVersions(program: RuntimeProgram, env: Env): Promise<Managed> {
  const here: VersionManager[] = [];
  const installed: InstalledVersion[] = [];
  for (const manager of managers.filter((each) => each.program === program)) {
    const home = manager.home(env);
    if (!(await isFolder(home))) continue;
    const found = await versionsIn(manager, home, program);
    // asdf and mise manage many tools: a folder without this one says nothing.
    if (found.length > 0 || !manager.versions.includes('installs')) here.push(manager);
    installed.push(...found);
  }
  const [first] = here;
  return first === undefined ? { installed } : { installed, install: first.install };
}

async function versionsIn(manager: VersionManager, home: string, program: RuntimeProgram): Promise<readonly InstalledVersion[]> {
  const at = path.join(home, manager.versions);
  const names = await readdir(at).catch(() => []);
  const found = names.map(async (name): Promise<readonly InstalledVersion[]> => {
    const version = /^v?(\d+\.\d+\.\d+)$/.exec(name)?.[1];
    const folder = path.join(at, name, manager.programs);
    return version !== undefined && (await isFile(path.join(folder, program))) ? [{ version, folder }] : [];
  });
  return (await Promise.all(found)).flat();
}

const isFolder = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => undefined))?.isFile() ?? false;
