/**
 * The parts of `npm test` on each system, in the order they run: what is quick and says most comes first. Those of one group run at once.
 * .github/workflows/ci.yml runs them in jobs of their own on macOS and Windows.
 */
import { acquireEditor } from './editor/acquire';
import { editionVariable, type EditionName } from './editor/edition';
import { findChromium } from './editor/chromium';
import { obstacle as engineObstacle } from './engine';
import { obstacle as wineObstacle } from './wine';

export interface Suite {
  readonly name: string;
  /** Its script in package.json. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A sentence that says why it cannot run here; undefined when it can. */
  obstacle?(): Promise<string | undefined>;
}

/** The oldest supported VS Code. */
const inOldest = { [editionVariable]: 'oldest' };
const mainFeatures = 'the lifecycle of services|a real backend and frontend|five real problems|the packaged extension';

export const suitesOn = (system: NodeJS.Platform): readonly (readonly Suite[])[] => [
  // Nothing in them depends on how fast it goes.
  [
    { name: 'lint', script: 'lint' },
    { name: 'types', script: 'types' },
    { name: 'unit', script: 'test:unit' },
  ],
  // What runs under Wine sees no process of Linux, and is to the others what every other process of the machine is.
  [
    { name: 'os', script: 'test:os' },
    ...(system === 'linux' && process.arch === 'x64'
      ? [{ name: 'wine', script: 'test:wine', obstacle: () => Promise.resolve(wineObstacle()) }]
      : []),
  ],
  ...alone(
    // The same adapters, without Wine.
    ...(system === 'win32' ? [{ name: 'windows', script: 'test:wine' }] : []),
    // Elsewhere containers run in a virtual machine of Docker Desktop's.
    ...(system === 'linux'
      ? [{ name: 'engine', script: 'test:engine', obstacle: async () => engineObstacle() ?? (await browserObstacle()) }]
      : []),
    // Only on Linux does it run in the server from npm; elsewhere in desktop VS Code.
    { name: 'host', script: 'test:host', ...(system === 'linux' ? { obstacle: () => browserObstacle() } : {}) },
    // On Windows two modules of that server (windows-process-tree, windows-registry) have to be compiled, and the tests type and signal as
    // POSIX systems do.
    ...(system === 'win32' ? [] : [{ name: 'e2e', script: 'test:e2e', obstacle: () => browserObstacle() }]),
    ...(system === 'linux'
      ? [
          { name: 'host 1.105', script: 'test:host', env: inOldest, obstacle: oldestObstacle },
          { name: 'e2e 1.105', script: 'test:e2e', args: ['--grep', mainFeatures], env: inOldest, obstacle: oldestObstacle },
        ]
      : []),
  ),
];

function alone(...several: readonly Suite[]): Suite[][] {
  return several.map((suite) => [suite]);
}

/** The groups without the suites that are not named; all without names. Throws when a name is that of no suite. */
export function chosen(groups: readonly (readonly Suite[])[], names: readonly string[]): readonly (readonly Suite[])[] {
  const known = groups.flat().map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw new Error(`There is no suite "${wrong}" here: there are ${known.join(', ')}.`);
  if (names.length === 0) return groups;
  return groups.map((group) => group.filter(({ name }) => names.includes(name))).filter((group) => group.length > 0);
}

function oldestObstacle(): Promise<string | undefined> {
  return browserObstacle('oldest');
}

async function browserObstacle(edition?: EditionName): Promise<string | undefined> {
  if (findChromium() === undefined) return 'No Chromium or Chrome was found on the PATH; install one, such as Debian’s chromium.';
  try {
    await acquireEditor(console.log, edition);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
