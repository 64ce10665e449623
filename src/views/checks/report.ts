/** Reports the outcome of one check to a test run. */
import * as vscode from 'vscode';
import type { CheckOutcome } from '../../core/checks/checks';
import { t } from '../../core/wording/l10n';
import { span } from '../../core/wording/span';

export function report(run: vscode.TestRun, item: vscode.TestItem, outcome: CheckOutcome): void {
  const { kind, result } = outcome;
  run.appendOutput(`${line(item, outcome)}\r\n`, undefined, item);
  switch (kind) {
    case 'passed':
      return run.passed(item, result.latencyMs);
    case 'failed':
    case 'late':
      return run.failed(item, messageOf(item, outcome), result.latencyMs);
    case 'skipped':
      // Its reason is in the output of the test: a service that is not running makes no test run red.
      return run.skipped(item);
  }
}

function line({ parent, label }: vscode.TestItem, { kind, result }: CheckOutcome): string {
  const { ok, status, latencyMs, message } = result;
  const facts = [status === undefined ? '' : t('status {0}', status), latencyMs === undefined ? '' : span(latencyMs)];
  const words = facts.filter((fact) => fact !== '').join(', ');
  return `${ok ? '✓' : kind === 'skipped' ? '○' : '✗'} ${parent?.label ?? ''}: ${label}${words === '' ? '' : ` (${words})`}${message === undefined ? '' : `: ${message}`}`;
}

function messageOf({ uri, range }: vscode.TestItem, { result, difference }: CheckOutcome): vscode.TestMessage {
  const { message: text = '' } = result;
  const message = difference === undefined ? new vscode.TestMessage(text) : diff(text, difference);
  if (uri !== undefined && range !== undefined) message.location = new vscode.Location(uri, range.start);
  return message;
}

const diff = (text: string, { expected, actual }: NonNullable<CheckOutcome['difference']>): vscode.TestMessage =>
  vscode.TestMessage.diff(text, expected, actual);
