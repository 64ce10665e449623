/** Diagnoses a command that failed as if it were a service: the same facts and the same rules, so the same verdicts. */
import type { Finding } from '../../core/diagnosis/finding';
import type { Service } from '../../core/lifecycle/state';
import { noRestarts } from '../../core/lifecycle/state';
import { commandIds } from '../../core/model/commandIds';
import type { RunOutput } from '../../core/output/runOutput';
import type { ServiceStore } from '../store';

export interface FailedCommand {
  readonly service: Service;
  readonly name: string;
  readonly exitCode: number | undefined;
  /** The last lines of its output, oldest first. */
  readonly lines: readonly string[];
}

export type DiagnoseCommand = (failed: FailedCommand) => Promise<readonly Finding[]>;

/** The dependencies of a diagnosis that differ for a run of another kind. */
export interface DiagnosedRun {
  readonly store: Pick<ServiceStore, 'services'>;
  output(service: Service): Promise<RunOutput>;
}

/** `at` in ms since the epoch. */
export function runOf({ service, name, exitCode, lines }: FailedCommand, services: readonly Service[], at: number): DiagnosedRun {
  const failed = asFailed(service, { name, exitCode, at });
  const others = services.filter(({ spec }) => spec.id !== service.spec.id);
  const output: RunOutput = { lines, linesBeforeHealthy: 0 };
  return { store: { services: () => [failed, ...others] }, output: () => Promise.resolve(output) };
}

/** What a finding offers for the service, such as another start of it, is no fix of the command. */
export const fixesOfCommand = (findings: readonly Finding[], id: string): readonly Finding[] =>
  findings.map((finding) => ({
    ...finding,
    actions: finding.actions.filter(
      ({ command, arguments: [first] = [] }) =>
        helpful.has(command) || (command === commandIds.start && typeof first === 'string' && first !== id),
    ),
  }));

const helpful: ReadonlySet<string> = new Set([
  commandIds.runInTerminal,
  commandIds.openFile,
  commandIds.convertLineEndings,
  commandIds.openConfig,
]);

/** It has no port, no health check and no setup of its own; the rest of the service is that of the command. */
function asFailed(
  { spec }: Service,
  { name, exitCode, at }: { readonly name: string; readonly exitCode: number | undefined; readonly at: number },
): Service {
  const { port: _port, probe: _probe, readyLine: _line, url: _url, stopCommand: _stop, ...rest } = spec;
  const end = { exitCode };
  return {
    spec: { ...rest, key: name, command: spec.commands[name] ?? '', checks: [], setup: [], restart: 'no' },
    state: {
      lifecycle: { kind: 'failed', run: '', at, failure: { kind: 'crashed', end, beforeReady: true } },
      restarts: noRestarts,
    },
  };
}
