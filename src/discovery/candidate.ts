/** The result of a detector: a service before names, ports and dependencies are settled among all. */
import type { ServiceConfig } from '../core/config/schema';
import type { Project } from './read/project';

/** Finds one kind of service. It only reads, and executes nothing. */
export type Detector = (project: Project) => Promise<readonly Candidate[]>;

export type Role = NonNullable<ServiceConfig['role']>;

/** A program with its arguments, which may contain `${port}`. */
export type Words = readonly string[];

export interface Candidate {
  /** The preferred name: that of a folder, or a declared one; "" leaves it to the role. */
  readonly name: string;
  /** "fastapi", "vite", …: two candidates of one kind in one folder are the same service. */
  readonly kind: string;
  /** Code, a list of processes, or a container; the first is the most reliable. */
  readonly source: 'code' | 'declared' | 'container';
  readonly role: Role;
  /** Relative to the workspace folder; "" is the folder itself. */
  readonly cwd: string;
  /** A string is a line for the shell, as written. */
  readonly command: string | Words;
  /** The service of a Compose file that it is; services.json then names that in the place of the command. */
  readonly compose?: NonNullable<ServiceConfig['compose']>;
  readonly port?: CandidatePort;
  /** A path on its port, or an object. */
  readonly health?: ServiceConfig['health'];
  /** The path for "Open in Browser", when it is not "/". */
  readonly openPath?: string;
  readonly more?: Pick<ServiceConfig, 'env' | 'envFile' | 'setup' | 'stopCommand' | 'restart'>;
  readonly evidence: readonly string[];
  /** The local ports that its files refer to. */
  readonly asks?: readonly Ask[];
  /** Names, within the same file, of services that have to start first. */
  readonly needs?: ReadonlyMap<string, 'started' | 'healthy' | 'completed'>;
  /** The file that defines the names in `needs`. */
  readonly file?: string;
  /** The container of a service that is proposed to run from source, or the source of one that is proposed as a container. */
  readonly alternative?: Candidate;
  /** Only of a container. */
  readonly container?: ContainerFacts;
  /** The variable that the code takes its port from, when the code has no other port. */
  readonly portVariable?: string;
  /** What a declared command starts, so that the same service in code is recognized. */
  readonly starts?: Starts;
  /** Whether it tells how a platform starts the program, such as `web:` of a Procfile for Heroku. */
  readonly isOfPlatform?: boolean;
  /** Whether it is a target of a Makefile or similar, which often starts what other files start as well. */
  readonly isTarget?: boolean;
  /** The scripts of package.json that start it, so that `npm run dev` in a Procfile is recognized. */
  readonly scripts?: readonly string[];
}

export interface CandidatePort {
  readonly number: number;
  /** A default port may be changed without surprise. */
  readonly from: 'written' | 'default';
  /** How to start it on another port; absent when that takes more than the command. */
  readonly move?: string | Words;
  /** The environment variable that sets the port. */
  readonly variable?: string;
}

/** A local port that a file refers to, for example in a proxy or the address of an API. */
export interface Ask {
  readonly port: number;
  readonly where: string;
  readonly what: 'url' | 'proxy';
}

/** A script of the package in `cwd`, or a candidate of one of these kinds. */
export type Starts = { readonly script: string; readonly cwd: string } | { readonly kinds: RegExp; readonly cwd: string };

/** What a Compose file says about a container. */
export interface ContainerFacts {
  /** "" when it is built and its Dockerfile names no known base. */
  readonly image: string;
  /** Where it is built from; undefined for an image of a registry. */
  readonly build?: {
    /** The folder that the Dockerfile is made for. */
    readonly folder: string;
    readonly context: string;
    readonly dockerfile: string;
    /** What the Dockerfile copies, and its working folders. */
    readonly copied: readonly string[];
    /** The image of the last stage. */
    readonly base?: string;
  };
  readonly environment: ReadonlyMap<string, string>;
  /** The port to open first. */
  readonly ports: readonly { readonly host: number; readonly container: number }[];
  /** The command that replaces the image's own; "" without one. */
  readonly command: string;
  /** All services of the file, and whether each publishes a port. */
  readonly siblings: ReadonlyMap<string, boolean>;
  /** Whether the file describes how the project is installed elsewhere. */
  readonly isDeployment: boolean;
  readonly isProxy: boolean;
  /** Whether it listens on this machine itself, without publishing a port. */
  readonly isOnHost?: boolean;
  /** Whether it ends when its work is done. */
  readonly isOnce: boolean;
}
