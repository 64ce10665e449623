/** A folder with services.json and real programs: starts the service, diagnoses it, and performs the action that is offered. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { isConfigChanges, setValues } from '../../../src/core/config/setValues';
import { parseServices } from '../../../src/core/config/parse';
import type { Finding, FindingAction } from '../../../src/core/diagnosis/finding';
import { commandIds } from '../../../src/core/model/commandIds';
import { defined } from '../../../src/core/model/defined';
import type { ProbeFailure } from '../../../src/core/model/failure';
import type { ProbeOutcome } from '../../../src/core/model/health';
import type { ServiceSpec } from '../../../src/core/model/service';
import type { Service } from '../../../src/core/lifecycle/state';
import { noRestarts } from '../../../src/core/lifecycle/state';
import { findCause } from '../../../src/core/output/cause/findCause';
import { OutputTail } from '../../../src/core/output/outputTail';
import { FilePreflight } from '../../../src/os/launch/preflight';
import { convertLineEndings, removePidFile } from '../../../src/os/remedies';
import { createProcessTable } from '../../../src/os/processTable/index';
import { failed } from '../../unit/core/views/samples';
import type { Cleanup } from '../support/cleanup';
import { endMarked, python } from '../support/services';
import { until } from '../support/until';
import { verdicts } from '../diagnosis/rig';
import { findCompose } from '../../support/findCompose';
import { makeFolder } from '../../support/scratch';

/** The entry in services.json; the port is added. */
export type Entry = Readonly<Record<string, unknown>> & { readonly command: string | readonly string[] };

export interface Layout {
  readonly entry: Entry;
  /** By path; names ending in `.sh` are not executable unless `executable` lists them. */
  readonly files: Readonly<Record<string, string>>;
  readonly executable?: readonly string[];
  readonly port: number;
  /** For the service and for the commands of actions. */
  readonly env?: Readonly<Record<string, string>>;
}

const id = 'web';

export class Situation {
  readonly folder: string;
  readonly port: number;
  #text: string;
  #child: ChildProcess | undefined;
  #service: Service | undefined;
  #end: () => Promise<void> = () => Promise.resolve();
  readonly #env: NodeJS.ProcessEnv;

  constructor(
    layout: Layout,
    private readonly cleanup: Cleanup,
  ) {
    this.port = layout.port;
    const top = makeFolder('first-action');
    this.folder = join(top, 'shop');
    cleanup.add(() => rmSync(top, { recursive: true, force: true, maxRetries: 5 }));
    for (const [name, text] of Object.entries(layout.files)) this.write(name, text);
    for (const name of layout.executable ?? []) chmodSync(join(this.folder, name), 0o755);
    // A comment that every change must keep.
    const entry = JSON.stringify({ port: layout.port, health: '/', ...layout.entry }, undefined, 2);
    this.#text = `{\n  "services": {\n    // Mine.\n    "${id}": ${entry}\n  }\n}\n`;
    const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^VIRTUAL_ENV$|^PYTHON/.test(name));
    this.#env = { ...Object.fromEntries(inherited), PYTHONUNBUFFERED: '1', ...layout.env };
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** What services.json makes of the service now. */
  get spec(): ServiceSpec {
    const { services, problems } = parseServices(this.#text, { folder: this.folder, folderName: 'shop', multiRoot: false });
    const [spec] = services;
    assert.ok(
      spec !== undefined && problems.length === 0,
      `services.json is not valid: ${JSON.stringify(problems)} ${this.#text}`,
    );
    return spec;
  }

  get service(): Service {
    assert.ok(this.#service);
    return this.#service;
  }

  /** Starts the service as a task does, without a terminal. */
  async start(): Promise<void> {
    const { spec } = this;
    const marker = randomUUID();
    const { cwd, command, env } = await this.#prepare(spec, marker);
    rmSync(join(this.folder, 'go'), { force: true });
    this.write('output.log', '');
    // It waits for a file: otherwise one that fails at once would exit before its identity is read.
    const wait = `exec > '${this.folder}/output.log' 2>&1 </dev/null; until [ -e '${this.folder}/go' ]; do sleep 0.02; done; `;
    const child = spawn('/bin/bash', ['-c', `${wait}${command}`], { cwd, env, detached: true, stdio: 'ignore' });
    this.#child = child;
    const { pid } = child;
    assert.ok(pid);
    this.#end = () => endMarked(pid, marker);
    this.cleanup.add(this.#end);
    const identity = await createProcessTable().identify(pid);
    assert.ok(identity.kind === 'known' && identity.value !== undefined);
    this.write('go', '');
    const health = { kind: 'unknown', streak: { successes: 0, failures: 0 } } as const;
    const at = { startedAt: Date.now(), readyAt: Date.now() };
    const lifecycle = { kind: 'running', run: marker, process: identity.value, ...at, terminal: 'attached', health } as const;
    this.#service = { spec, state: { lifecycle, restarts: noRestarts } };
  }

  async #prepare(spec: ServiceSpec, marker: string) {
    const lookUp = (name: string, argument: string | undefined): string | undefined => {
      if (name === 'workspaceFolder') return this.folder;
      if (name === 'port') return String(spec.port);
      return name === 'env' && argument !== undefined ? (this.#env[argument] ?? '') : undefined;
    };
    const preflight = new FilePreflight(
      () => lookUp,
      () => true,
      findCompose,
    );
    const prepared = await preflight.prepare(spec);
    assert.ok(prepared.ok, JSON.stringify(prepared));
    const { cwd, command, env } = prepared.launch;
    const line = typeof command === 'string' ? command : command.map((word) => `'${word}'`).join(' ');
    return { cwd, command: line, env: { ...this.#env, ...env, SERVICE_LIFECYCLE_RUN: marker, PYTHON: python } };
  }

  get output(): readonly string[] {
    const tail = new OutputTail();
    tail.append(this.read('output.log'));
    return tail.lines();
  }

  /** Waits until it has exited, and puts the service into the state that the lifecycle would have. */
  async ended(beforeReady = true): Promise<void> {
    const child = this.#child;
    await until('the service has exited', () => child?.exitCode !== null || child.signalCode !== null, 60_000);
    const exitCode = child?.exitCode ?? undefined;
    const lastLine = findCause(this.output, exitCode !== undefined && exitCode !== 0)?.sentence;
    const end = { exitCode, ...defined({ lastLine }) };
    this.#service = {
      spec: this.spec,
      state: { lifecycle: failed({ kind: 'crashed', end, beforeReady }), restarts: noRestarts },
    };
  }

  /** Puts it into the state in which its probe fails. */
  fails(failure: ProbeFailure): void {
    const { spec, state } = this.service;
    assert.ok(state.lifecycle.kind === 'running');
    const streak = { successes: 0, failures: 3 };
    const last = { ok: false, at: Date.now(), failure } as const;
    const health = { kind: 'unhealthy', since: Date.now() - 60_000, streak, last } as const;
    this.#service = { spec, state: { lifecycle: { ...state.lifecycle, health }, restarts: noRestarts } };
  }

  /** Puts it into the state in which its probe has succeeded. */
  succeeds(last: ProbeOutcome & { ok: true }): void {
    const { spec, state } = this.service;
    assert.ok(state.lifecycle.kind === 'running');
    const health = { kind: 'healthy', since: last.at, streak: { successes: 1, failures: 0 }, last } as const;
    this.#service = { spec, state: { lifecycle: { ...state.lifecycle, health }, restarts: noRestarts } };
  }

  /** Ends everything of the run. */
  async stop(): Promise<void> {
    await this.#end();
  }

  /** Of the first process of the latest start. */
  get pid(): number {
    const pid = this.#child?.pid;
    assert.ok(pid);
    return pid;
  }

  async prints(pattern: RegExp): Promise<void> {
    await until(`the output matches ${String(pattern)}`, () => this.output.some((line) => pattern.test(line)), 30_000);
  }

  async findings(): Promise<readonly Finding[]> {
    return verdicts(this.service, this.output);
  }

  /** Returns the verdict, which must have this code. */
  async verdict(code: Finding['code']): Promise<Finding> {
    const found = await this.findings();
    assert.equal(found[0]?.code, code, JSON.stringify({ found, output: this.output }, undefined, 1));
    return found[0];
  }

  /** Starts it and waits until it responds. */
  async works(): Promise<void> {
    await this.start();
    const ask = () => fetch(`http://127.0.0.1:${this.port}/`, { headers: { connection: 'close' } }).catch(() => undefined);
    await until('the service responds', async () => (await ask())?.ok === true, 30_000).catch((error: unknown) => {
      throw new Error(`It printed: ${this.output.join('\n')}`, { cause: error });
    });
    assert.deepEqual(await this.findings(), []);
  }

  /** Does what a click on the action does. A typed command is run, as the user would. */
  async perform(action: FindingAction | undefined): Promise<void> {
    assert.ok(action);
    const args = action.arguments ?? [];
    if (action.command === commandIds.runInTerminal) {
      await promisify(execFile)('/bin/bash', ['-c', String(args[0])], { cwd: String(args[1]), env: this.#env, timeout: 60_000 });
      return;
    }
    if (action.command === commandIds.changeConfig && isConfigChanges(args[1])) {
      const changed = setValues(this.#text, id, args[1]);
      assert.ok(changed !== undefined);
      assert.ok(changed.includes('// Mine.'));
      this.#text = changed;
      return;
    }
    if (action.command === commandIds.convertLineEndings) {
      await convertLineEndings(String(args[1]));
      return;
    }
    if (action.command === commandIds.removePidFile) {
      const command = this.spec.command;
      const line = typeof command === 'string' ? command : command.join(' ');
      assert.ok(await removePidFile(String(args[1]), line, createProcessTable()));
      return;
    }
    throw new Error(`This action leads to a place, and changes nothing: ${JSON.stringify(action)}`);
  }
}
