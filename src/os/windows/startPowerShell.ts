/** Starts the one PowerShell that answers where the system's own calls cannot be used. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { powerShellEnv, powerShellTool } from '../system/windowsTools';
import type { HelperChannel, HelperEvents } from './helperProcess';
import { lineOf, powerShellScript, replyOf } from './powerShellAnswers';
import type { Question } from './questions';

export interface PowerShell {
  readonly program: string;
  readonly args: readonly string[];
}

export const windowsPowerShell = (): PowerShell => ({
  program: powerShellTool(),
  args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', powerShellScript],
});

export function startPowerShell({ program, args }: PowerShell, { received, ended }: HelperEvents): HelperChannel {
  const asked = new Map<number, Question['kind']>();
  const child = spawn(program, [...args], { env: powerShellEnv(), stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
  child.once('error', ended);
  child.once('exit', ended);
  // A pipe that breaks is reported by the exit.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => received(replyOf(line, (id) => asked.get(id))));
  child.unref();
  return {
    send({ id, question }) {
      const line = lineOf(id, question);
      if (line === undefined) {
        // As everything else, the answer comes later.
        queueMicrotask(() => received({ kind: 'failure', id, why: `PowerShell does not answer "${question.kind}"` }));
        return;
      }
      asked.set(id, question.kind);
      child.stdin.write(`${line}\n`);
    },
    close: () => {
      child.stdin.end();
      if (child.exitCode === null) child.kill();
    },
  };
}
