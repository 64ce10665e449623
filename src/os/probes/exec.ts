/** A command whose exit code 0 means healthy. */
import type { ProbeRequest } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { runShellCommand } from '../system/shellCommand';
import type { CommandEnders } from '../system/shellCommand';
import { type Attempt, failed } from './attempt';

/** Runs each command of a folder at most once at a time: one that overran its time is ended before the next one starts. */
export class CommandQueue {
  /** By folder and command: settles when the latest one, with everything that it started, is gone. */
  readonly #running = new Map<string, Promise<void>>();

  /** Runs the command in the system's shell. When the signal aborts, everything that it started is ended, in the background. */
  async run(request: ProbeRequest, command: string, signal: AbortSignal, enders: CommandEnders): Promise<Attempt> {
    const { cwd, env, probe } = request;
    const key = `${cwd}\0${command}`;
    for (let before = this.#running.get(key); before !== undefined; before = this.#running.get(key)) {
      await Promise.race([before, aborted(signal)]);
      if (signal.aborted) break;
    }
    if (signal.aborted) {
      return failed({
        kind: 'execFailed',
        command,
        exitCode: undefined,
        detail: t('it was not run, as the one before has not ended'),
      });
    }
    const running = runShellCommand({ command, cwd, env }, probe.timeout, signal, enders);
    const gone = running.gone.finally(() => this.#running.delete(key));
    this.#running.set(key, gone);
    const { exitCode, lastLine } = await running.end;
    return exitCode === 0 ? { ok: true } : failed({ kind: 'execFailed', command, exitCode, detail: lastLine });
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
