/** PowerShell does not run scripts on this computer, and npm, yarn and others are scripts for it. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig, runInTerminal, showTerminal } from '../actions';
import type { Facts } from '../facts';
import { linesOf, presentMatches, quoted } from '../output';
import { isTroubled } from '../queries';
import type { Rule } from '../rule';

export const scriptPolicy: Rule = {
  code: 'script-policy',
  explains: ['missing-command', 'crashed', 'crash-loop', 'not-running', 'not-listening'],
  find(facts) {
    const matches = isTroubled(facts) ? presentMatches(facts, 'scriptPolicy') : [];
    const [first] = matches;
    if (first === undefined || concernsProfile(facts)) return [];
    const { id, key } = facts.spec;
    const script = matches.find(({ groups }) => groups['script'] !== undefined)?.groups['script'];
    return [
      {
        severity: 'error',
        title:
          script === undefined
            ? t('PowerShell runs no scripts on this computer, and {0} needs one.', key)
            : t('PowerShell runs no scripts on this computer, so {0} was refused.', script),
        short: brief(() => t('PowerShell refuses scripts')),
        detail: t('Allow local scripts for your user, or name the program that is no script, such as npm.cmd instead of npm.'),
        evidence: matches.map(({ line }) => quoted(line)),
        actions: [
          runInTerminal('Set-ExecutionPolicy -Scope CurrentUser RemoteSigned', facts.cwd),
          openConfig(id),
          showTerminal(id),
        ],
      },
    ];
  },
};

/** Without its profile PowerShell goes on, and runs the command. */
function concernsProfile(facts: Facts): boolean {
  const scripts = linesOf(facts).flatMap((line) => line.match(/[\w-]{1,80}\.ps1\b/g) ?? []);
  return scripts.length > 0 && scripts.every((name) => name.endsWith('profile.ps1'));
}
