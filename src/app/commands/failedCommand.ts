/** Diagnoses a command that failed as if it were a service: the same facts and the same rules, so the same verdicts. */
import type { Finding } from '../../core/diagnosis/finding';
import type { Service } from '../../core/lifecycle/state';
import { noRestarts } from '../../core/lifecycle/state';
import { commandIds } from '../../core/model/commandIds';
import { defined } from '../../core/model/defined';
import { findCause } from '../../core/output/cause/findCause';
import type { RunOutput } from '../../core/output/runOutput';
import { commandEndWords } from '../../core/wording/commandResult';
import { t } from '../../core/wording/l10n';
import { asClause, asSentence } from '../../core/wording/sentence';
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

/**
 * The findings in the words of a command. What a finding offers for the service, such as another start of it, is no fix of the command.
 */
export const findingsOfCommand = (findings: readonly Finding[], failed: FailedCommand): readonly Finding[] =>
  findings.map((finding) => ({
    ...finding,
    ...(finding.code === 'crashed' && plainWords(failed)),
    actions: finding.actions.filter(({ command, arguments: [first] = [] }) => {
      const isOther = typeof first === 'string' && first !== failed.service.spec.id;
      return helpful.has(command) || (command === commandIds.start && isOther);
    }),
  }));

/** Why a command failed, in one clause: the verdict, or else what its output says. Undefined when neither says anything. */
export function causeOf(findings: readonly Finding[], { lines, exitCode }: FailedCommand): string | undefined {
  const [verdict] = findings;
  const isPlain = verdict === undefined || verdict.code === 'crashed';
  const words = isPlain ? findCause(lines, exitCode !== undefined)?.sentence : verdict.title;
  return words === undefined ? undefined : asClause(words);
}

/** A command is not down. */
function plainWords(failed: FailedCommand): Pick<Finding, 'title' | 'detail'> {
  const { name, exitCode } = failed;
  const cause = causeOf([], failed);
  const words = commandEndWords({ kind: 'failed', exitCode, ...defined({ cause }) });
  return {
    title: `${name}: ${asSentence(words)}`,
    detail: t('Fix the error shown in its last output lines, then run it again.'),
  };
}

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
