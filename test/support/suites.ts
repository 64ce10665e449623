/** The parts of `npm test`, in the order they run: what is quick and says most comes first. Those of one group run at once. */
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

export const suites: readonly (readonly Suite[])[] = [
  // Nothing in them depends on how fast it goes.
  [
    { name: 'lint', script: 'lint' },
    { name: 'types', script: 'types' },
    { name: 'unit', script: 'test:unit' },
  ],
  ...alone(
    { name: 'os', script: 'test:os' },
    // Elsewhere there is no Wine, or Windows itself.
    ...(process.platform === 'linux' && process.arch === 'x64'
      ? [{ name: 'wine', script: 'test:wine', obstacle: () => Promise.resolve(wineObstacle()) }]
      : []),
    // Elsewhere containers run in a virtual machine of Docker Desktop's.
    ...(process.platform === 'linux'
      ? [{ name: 'engine', script: 'test:engine', obstacle: async () => engineObstacle() ?? (await browserObstacle()) }]
      : []),
    { name: 'host', script: 'test:host', obstacle: hostObstacle },
    { name: 'e2e', script: 'test:e2e', obstacle: () => browserObstacle() },
    ...(process.platform === 'linux'
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

/** Only on Linux does the host suite run in the server from npm; elsewhere in desktop VS Code. */
async function hostObstacle(): Promise<string | undefined> {
  return process.platform === 'linux' ? browserObstacle() : undefined;
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
