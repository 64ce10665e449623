/** A file that cannot be read as a program. */
import { t } from '../../wording/l10n';
import { openFile, showTerminal } from '../actions';
import { isTroubled } from '../ask';
import { lastTold, linesOf, presentLines, quoted } from '../output';
import { locationNear } from '../location';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const syntaxError: Rule = {
  code: 'syntax-error',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    const said = isTroubled(facts) ? lastTold(facts, 'syntax') : undefined;
    if (said === undefined) return [];
    const found = locationNear(presentLines(linesOf(facts)), said.at);
    const path = found === undefined ? undefined : joinPath(facts.cwd, found.path.replace(/^file:\/\//, ''));
    const words = said.line.replace(/^.*?(?:SyntaxError|IndentationError|TabError)(?: \[\w+\])?: /, '');
    return [
      {
        severity: 'error',
        title:
          found === undefined
            ? t('Syntax error: {0}', words)
            : t('Syntax error in {0}, line {1}: {2}', found.path, found.line, words),
        detail: t(
          'The program was not started, because one of its files cannot be read. It is tried again when the file is saved.',
        ),
        evidence: [quoted(said.line), ...(found === undefined ? [] : [t('File: {0}', `${found.path}:${found.line}`)])],
        actions: [
          ...(found === undefined || path === undefined ? [] : [openFile(path, found.line, found.column ?? 1)]),
          showTerminal(facts.spec.id),
        ],
      },
    ];
  },
};
