/** What a detector gives back: one service it saw, before names, ports and dependencies are settled among all. */
import type { ServiceConfig } from '../core/config/schema';
import type { Project } from './read/project';

/** One detector looks for one kind of thing. It reads, and never executes. */
export type Detector = (project: Project) => Promise<readonly Candidate[]>;

export type Role = NonNullable<ServiceConfig['role']>;

/** A program with its arguments; `${port}` may stand in them. */
export type Words = readonly string[];

export interface Candidate {
  /** What it would like to be called: a folder's name, or the name that someone wrote; "" leaves it to its role. */
  readonly name: string;
  /** "fastapi", "vite", …: two candidates of one kind in one folder are one service seen twice. */
  readonly kind: string;
  /** Code that was read, someone's list of processes, or a container. In this order they are believed. */
  readonly source: 'code' | 'declared' | 'container';
  readonly role: Role;
  /** Relative to the workspace folder; "" is the folder itself. */
  readonly cwd: string;
  /** A string is a line for the shell, as someone wrote it. */
  readonly command: string | Words;
  readonly port?: CandidatePort;
  /** A path on its port, or an object. */
  readonly health?: ServiceConfig['health'];
  /** The path that "Open" opens, when it is not "/". */
  readonly openPath?: string;
  readonly more?: Pick<ServiceConfig, 'env' | 'envFile' | 'setup' | 'stopCommand' | 'restart'>;
  readonly evidence: readonly string[];
  /** What it talks to, as far as its texts tell. */
  readonly asks?: readonly Ask[];
  /** Names, within the same file, of what must be there first. */
  readonly needs?: ReadonlyMap<string, 'started' | 'healthy' | 'completed'>;
  /** The file whose names `needs` uses. */
  readonly file?: string;
  /** The folder a container is built from. */
  readonly builtFrom?: string;
  /** What a written command starts, as far as it can be told, to know it again among what the code shows. */
  readonly starts?: Starts;
  /** The scripts of package.json that start it, so that `npm run dev` in a Procfile is known to be this. */
  readonly scripts?: readonly string[];
}

export interface CandidatePort {
  readonly number: number;
  /** A port that nobody wrote down can be another one without surprise. */
  readonly from: 'written' | 'default';
  /** How to start it on another port; absent when that takes more than its command. */
  readonly move?: string | Words;
  /** The environment variable that it takes its port from. */
  readonly variable?: string;
}

/** A port on this machine that is named in a text, as in a proxy or an API's address. */
export interface Ask {
  readonly port: number;
  readonly where: string;
  readonly what: 'url' | 'proxy';
}

/** Either a script of the package in `cwd`, or something of these kinds. */
export type Starts = { readonly script: string; readonly cwd: string } | { readonly kinds: RegExp; readonly cwd: string };
