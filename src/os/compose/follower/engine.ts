/** Runs commands of the engine in the terminal of the follower. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { parseInspect } from '../../../core/compose/inspect';
import { chosen, idsIn } from '../../../core/compose/choose';
import type { Container } from '../../../core/model/container';
import type { FollowPlan } from '../../../core/compose/followPlan';
import { LogLines } from './logLines';

/** What the engine answered, or its own words about why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

export interface LogStart {
  readonly after: string;
  /** Only so many of the lines that are there already. */
  readonly tail?: number;
}

export class Engine {
  #shown: ChildProcess | undefined;

  /** `print` writes one line to the terminal. */
  constructor(readonly print: (line: string) => void) {}

  /**
   * Runs it with the terminal as its own, and settles with its exit code; 127 when it cannot be run. What stops the service is no part of
   * the terminal's foreground, so that a second Ctrl+C does not end it half-way.
   */
  show(words: readonly string[], place: 'foreground' | 'background' = 'foreground'): Promise<number> {
    const [program = '', ...args] = words;
    return new Promise((resolve) => {
      const detached = place === 'background' && process.platform !== 'win32';
      const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached, windowsHide: true });
      if (place === 'foreground') this.#shown = child;
      child.once('error', (error) => {
        this.print(error.message);
        resolve(127);
      });
      child.once('exit', (code) => resolve(code ?? 1));
    });
  }

  /**
   * Follows the log of a container from the moment `after` on, which is excluded, and settles with the moment of the latest line when the
   * log ends: with the container, with each restart of it, and with the engine. An empty `after` means from its beginning.
   */
  follow(docker: string, id: string, { after, tail }: LogStart): Promise<string> {
    const start = after === '' ? [] : ['--since', after];
    const last = tail === undefined ? [] : ['--tail', String(tail)];
    const args = ['logs', '--follow', '--timestamps', ...start, ...last, id];
    const child = spawn(docker, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    this.#shown = child;
    let latest = after;
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      const lines = new LogLines(after, (line, moment) => {
        if (moment > latest) latest = moment;
        to.write(line);
      });
      from.setEncoding('utf8').on('data', (chunk: string) => lines.take(chunk));
      from.once('end', () => lines.end());
    }
    return new Promise((resolve) => {
      child.once('error', (error) => {
        this.print(error.message);
        resolve(latest);
      });
      child.once('close', () => resolve(latest));
    });
  }

  /** Ends what runs in the foreground: as Ctrl+C in its terminal does, or as the end of the terminal. */
  interrupt(signal: 'SIGINT' | 'SIGHUP' = 'SIGINT'): void {
    // The handle of a child that was not waited for is its own: no other process can have its pid.
    if (this.#shown?.exitCode === null) this.#shown.kill(signal);
  }

  async container({ docker, ids }: FollowPlan): Promise<Answer<Container | undefined>> {
    const listed = await collect(ids);
    if (!listed.ok) return listed;
    const found = idsIn(listed.value);
    return found.length === 0 ? { ok: true, value: undefined } : inspect(docker, found);
  }

  /** Names of the running containers that publish the port; none when that is not known. */
  async publishers(docker: string, port: number): Promise<readonly string[]> {
    const listed = await collect([docker, 'ps', '--filter', `publish=${port}`, '--format', '{{.Names}}']);
    return listed.ok ? listed.value.split(/\r?\n/).filter((name) => /^[\w.-]+$/.test(name)) : [];
  }

  /** The same container again; undefined when it was removed. */
  again(docker: string, id: string): Promise<Answer<Container | undefined>> {
    return inspect(docker, [id]);
  }
}

async function inspect(docker: string, ids: readonly string[]): Promise<Answer<Container | undefined>> {
  const printed = await collect([docker, 'inspect', '--type', 'container', ...ids]);
  if (printed.ok) return { ok: true, value: chosen(parseInspect(printed.value) ?? []) };
  return /no such (?:container|object)/i.test(printed.why) ? { ok: true, value: undefined } : printed;
}

function collect([program = '', ...args]: readonly string[]): Promise<Answer<string>> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let [printed, errors] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
    child.once('error', (error) => resolve({ ok: false, why: error.message }));
    child.once('close', (code) => resolve(code === 0 ? { ok: true, value: printed } : { ok: false, why: errors.trim() }));
  });
}
