/** A folder with a Compose file, whose containers are removed after the test. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planOf } from '../../../src/core/compose/followPlan';
import { upWords, withProgram } from '../../../src/core/compose/words';
import type { ServiceSpec } from '../../../src/core/model/service';
import { DockerContainers } from '../../../src/os/compose/containers';
import { ComposeLocator } from '../../../src/os/compose/program';
import { systemClock as clock } from '../../../src/os/clock';
import { FilePreflight } from '../../../src/os/launch/preflight';
import { serviceSpec } from '../../support/fakes/specs';
import { image, kindsVariable } from '../../support/engine';
import { repositoryRoot } from '../../support/repository';
import { freePorts } from '../../e2e/support/ports';
import { run } from '../../support/run';
import { makeScratch, removeScratch } from '../../support/scratch';

export type Kind = 'v1' | 'v2';

const programs: Readonly<Record<Kind, readonly string[]>> = { v2: ['docker', 'compose'], v1: ['docker-compose'] };

export const kinds: readonly Kind[] = (['v2', 'v1'] as const).filter((kind) =>
  (process.env[kindsVariable] ?? '').split(',').includes(kind),
);

/** All with httpd or a shell of busybox. The grace period of the file is short, because a first process ignores SIGTERM. */
const composeFile = `
services:
  db:
    image: ${image}
    command: [httpd, -f, -p, "80", -h, /www]
    stop_grace_period: 1s
    healthcheck:
      test: [CMD, wget, -q, -O, "-", "http://127.0.0.1/index.html"]
      interval: 1s
      timeout: 5s
      retries: 2
  once:
    image: ${image}
    command: [sh, -c, "echo first line; exit 7"]
  again:
    image: ${image}
    restart: always
    command: [sh, -c, "echo up; sleep 1; echo down; exit 3"]
  hungry:
    image: ${image}
    mem_limit: 20m
    command: [sh, -c, "tail /dev/zero"]
  first:
    image: ${image}
    stop_grace_period: 0s
    command: [httpd, -f, -p, "80"]
    ports: ["PORT:80"]
  second:
    image: ${image}
    command: [httpd, -f, -p, "80"]
    ports: ["PORT:80"]
  absent:
    image: service-lifecycle-test:none
    pull_policy: never
`;

export interface Followed {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  /** Its exit code, or the signal that ended it. */
  readonly end: Promise<number | NodeJS.Signals | null>;
}

export class Shop {
  readonly containers: DockerContainers;
  readonly #followers: ChildProcess[] = [];
  readonly #preflight: FilePreflight;

  private constructor(
    readonly folder: string,
    private readonly kind: Kind,
    private readonly project: string,
  ) {
    const locator = new ComposeLocator();
    const find = locator.find.bind(locator);
    // Of two kinds on this machine, the plugin would always be found.
    locator.find = async (surroundings) => {
      const found = await find(surroundings);
      return found.ok ? { ok: true, tools: { ...found.tools, compose: programs[kind] } } : found;
    };
    this.#preflight = new FilePreflight(
      () => () => undefined,
      () => true,
      (surroundings) => locator.find(surroundings),
    );
    this.containers = new DockerContainers({ preflight: this.#preflight, locator, clock });
  }

  static async open(kind: Kind): Promise<Shop> {
    const folder = await makeScratch('shop');
    const [port = 0] = await freePorts(1);
    const text = composeFile.replaceAll('PORT', String(port));
    await writeFile(join(folder, 'docker-compose.yml'), text.replace(kind === 'v1' ? /\n +pull_policy: never/ : /$^/, ''));
    return new Shop(folder, kind, `sl-${kind}-${process.pid}-${Date.now()}`);
  }

  spec(service: string): ServiceSpec {
    const compose = { service, files: [], profiles: [], project: this.project, build: false };
    return serviceSpec(service, { folder: this.folder, compose, command: upWords(compose), stopGracePeriod: 1000 });
  }

  /** What a start of it sets in its terminal. */
  async environment(spec: ServiceSpec): Promise<Readonly<Record<string, string>>> {
    const prepared = await this.#preflight.prepare(spec);
    assert.ok(prepared.ok, JSON.stringify(prepared));
    return prepared.launch.env;
  }

  follow(service: string, env: Readonly<Record<string, string>> = {}): Followed {
    const spec = this.spec(service);
    const plan = planOf(
      spec,
      withProgram(upWords(spec.compose ?? { service, files: [], profiles: [], build: false }), programs[this.kind]),
    );
    const main = join(repositoryRoot, 'src', 'os', 'compose', 'follower', 'main.ts');
    const loader = join(repositoryRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs');
    const child = spawn(process.execPath, ['--import', loader, main, JSON.stringify(plan)], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#followers.push(child);
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const end = new Promise<number | NodeJS.Signals | null>((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal)),
    );
    return { child, output: () => output, end };
  }

  /** Replaces the Compose file. */
  rewrite(text: string): Promise<void> {
    return writeFile(join(this.folder, 'docker-compose.yml'), text);
  }

  /** Runs a command of Docker's, and returns what it printed. */
  async docker(...args: readonly string[]): Promise<string> {
    return (await run('docker', args, { output: 'keep' })).output.trim();
  }

  async close(): Promise<void> {
    this.containers.dispose();
    for (const child of this.#followers) if (child.exitCode === null) child.kill('SIGKILL');
    const [program = '', ...more] = programs[this.kind];
    await run(program, [...more, '-p', this.project, 'down', '-t', '0', '-v'], { cwd: this.folder, output: 'keep' });
    await removeScratch(this.folder);
  }
}
