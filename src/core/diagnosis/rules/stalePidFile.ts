/** A pid file of an earlier run keeps the server from starting. */
import { brief } from '../../wording/brief';
import { lastPart } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { openFile, removePidFile, showTerminal, startService, stopProcess } from '../actions';
import { latestMatch, quoted } from '../output';
import { isServerOf } from '../pidFiles';
import { commandOf, isTroubled, value } from '../queries';
import { isInside } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const stalePidFile: Rule = {
  code: 'stale-pid-file',
  explains: ['crashed', 'crash-loop', 'not-running', 'address-in-use'],
  find(facts) {
    const file = value(facts.pidFile);
    const match = isTroubled(facts) ? latestMatch(facts, 'pidFile') : undefined;
    if (file === undefined || match === undefined) return [];
    const { path, pid, process } = file;
    const { id, key } = facts.spec;
    const evidence = [quoted(match.line), t('{0} names pid {1}.', path, pid)];
    if (process !== undefined && isServerOf(process.command, commandOf(facts))) {
      return [
        {
          severity: 'error',
          title: t('{0} is already running (pid {1}), according to {2}.', key, pid, path),
          short: brief(() => t('Already running (pid {0})', pid)),
          detail: t('Use that one, or end it and start the service again.'),
          evidence: [...evidence, t('pid {0}: {1}', pid, process.command)],
          actions: [stopProcess(process), showTerminal(id)],
        },
      ];
    }
    return [
      {
        severity: 'error',
        title:
          process === undefined
            ? t('The pid file {0} is left over: no process has pid {1}.', path, pid)
            : t('The pid file {0} is left over: pid {1} is another program now.', path, pid),
        short: brief((name) => t('{0} is left over', name), lastPart(path)),
        detail: t('An earlier run was killed before it could delete the file. Delete it, then start the service again.'),
        evidence: process === undefined ? evidence : [...evidence, t('pid {0}: {1}', pid, process.command)],
        actions: [...(isInside(path, facts.spec.folder) ? [removePidFile(id, path)] : []), openFile(path), startService(id)],
      },
    ];
  },
};
