/** The parts of `npm test`, in the order they run: what is quick and says most comes first. */
import { acquireEditor } from './editor/acquire';
import { findChromium } from './editor/chromium';
import { obstacle as wineObstacle } from './wine';

export interface Suite {
  readonly name: string;
  /** Its script in package.json. */
  readonly script: string;
  /** A sentence that says why it cannot run here; undefined when it can. */
  obstacle?(): Promise<string | undefined>;
}

export const suites: readonly Suite[] = [
  { name: 'lint', script: 'lint' },
  { name: 'types', script: 'types' },
  { name: 'unit', script: 'test:unit' },
  { name: 'os', script: 'test:os' },
  // Elsewhere there is no Wine, or Windows itself.
  ...(process.platform === 'linux' && process.arch === 'x64'
    ? [{ name: 'wine', script: 'test:wine', obstacle: () => Promise.resolve(wineObstacle()) }]
    : []),
  { name: 'host', script: 'test:host', obstacle: hostObstacle },
  { name: 'e2e', script: 'test:e2e', obstacle: browserObstacle },
];

/** Only on Linux does the host suite run in the server from npm; elsewhere in desktop VS Code. */
async function hostObstacle(): Promise<string | undefined> {
  return process.platform === 'linux' ? browserObstacle() : undefined;
}

async function browserObstacle(): Promise<string | undefined> {
  if (findChromium() === undefined) return 'No Chromium or Chrome was found on the PATH; install one, such as Debian’s chromium.';
  try {
    await acquireEditor(console.log);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
