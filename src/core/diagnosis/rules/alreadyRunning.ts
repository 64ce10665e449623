/** The server of this folder runs already, and its lock keeps a second one from starting (Next). */
import { brief } from '../../wording/brief';
import { defined } from '../../model/defined';
import { t } from '../../wording/l10n';
import type { ProcessRow } from '../../model/process';
import { openConfig, showCopied, showTerminal, stopProcess } from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { cleanLines, latestMatch, matchSignatures, presentLines, quoted } from '../output';
import { alive, isTroubled } from '../queries';
import type { Rule } from '../rule';

export const alreadyRunning: Rule = {
  code: 'already-running',
  explains: ['crashed', 'crash-loop', 'not-running', 'not-listening', 'wrong-port', 'foreign-owner'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'alreadyRunning') : undefined;
    if (match === undefined) return [];
    const { key, id } = facts.spec;
    const { url, pid } = namedIn(presentLines(facts).slice(match.at, match.at + linesOfMessage));
    return [
      {
        severity: 'error',
        title: titleOf(key, url, pid),
        short: pid === undefined ? brief(() => t('Already running')) : brief(() => t('Already running (pid {0})', pid)),
        detail: t(
          'The framework allows one development server per folder. Use the one that is running, or end it and start {0} again.',
          key,
        ),
        evidence: [quoted(match.line), ...(pid === undefined ? [] : commandOf(facts, pid))],
        actions: [...(pid === undefined ? [] : endOf(facts, pid)), showTerminal(id), openConfig(id)],
      },
    ];
  },
};

/** Of the message of Next, with the list below it. */
const linesOfMessage = 8;

/** Returns the pid that the output names in the list below the message. */
export function otherServerIn(lines: readonly string[]): number | undefined {
  const at = matchSignatures(lines, 'alreadyRunning').at(-1)?.at;
  return at === undefined ? undefined : namedIn(cleanLines(lines).slice(at, at + linesOfMessage)).pid;
}

function namedIn(lines: readonly string[]): { readonly url?: string; readonly pid?: number } {
  const found = (pattern: RegExp): string | undefined =>
    lines.map((line) => pattern.exec(line)?.[1]).find((each) => each !== undefined);
  const pid = found(/^\s*- PID: {1,20}(\d{1,10})$/);
  return defined({ url: found(/^\s*- Local: {1,20}(https?:\/\/\S{1,100})$/), pid: pid === undefined ? undefined : Number(pid) });
}

function titleOf(key: string, url: string | undefined, pid: number | undefined): string {
  if (pid === undefined) return t('Another server of {0} is running in this folder.', key);
  return url === undefined
    ? t('Another server of {0} is running in this folder: pid {1}.', key, pid)
    : t('Another server of {0} is running in this folder: {1} (pid {2}).', key, url, pid);
}

const commandOf = (facts: Facts, pid: number): readonly string[] => {
  const running = serverOf(facts, pid);
  return running === undefined ? [] : [t('pid {0}: {1}', pid, running.command)];
};

/** A number in the output is no proof: the process must be a server of Node now. One of a service is left to its row. */
function endOf(facts: Facts, pid: number): readonly FindingAction[] {
  const service = facts.others.find((other) => alive(other)?.process.pid === pid);
  if (service !== undefined) return [showCopied(service.spec.id)];
  const running = serverOf(facts, pid);
  return running === undefined ? [] : [stopProcess(running)];
}

function serverOf({ otherServer }: Facts, pid: number): ProcessRow | undefined {
  const row = otherServer?.kind === 'known' ? otherServer.value : undefined;
  return row?.pid === pid && /\b(?:next|node|bun)\b/.test(row.command) ? row : undefined;
}
