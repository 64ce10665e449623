/** A source file cannot be parsed. */
import { brief } from '../../wording/brief';
import { lastPart } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { openFile, showTerminal } from '../actions';
import { isTroubled } from '../queries';
import { latestMatch, presentLines, quoted } from '../output';
import { locationNear } from '../location';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const syntaxError: Rule = {
  code: 'syntax-error',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'syntax') : undefined;
    if (match === undefined) return [];
    const found = locationNear(presentLines(facts), match.at);
    const path = found === undefined ? undefined : joinPath(facts.cwd, found.path.replace(/^file:\/\//, ''));
    const words = match.line.replace(/^.*?(?:SyntaxError|IndentationError|TabError)(?: \[\w+\])?: /, '');
    return [
      {
        severity: 'error',
        title:
          found === undefined
            ? t('Syntax error: {0}', words)
            : t('Syntax error in {0}, line {1}: {2}', found.path, found.line, words),
        short:
          found === undefined
            ? brief(() => t('Syntax error'))
            : brief((file) => t('Syntax error: {0}:{1}', file, found.line), lastPart(found.path)),
        detail: t(
          'The program was not started, because one of its files cannot be parsed. The next attempt starts when the file is saved.',
        ),
        evidence: [quoted(match.line), ...(found === undefined ? [] : [t('File: {0}', `${found.path}:${found.line}`)])],
        actions: [
          ...(found === undefined || path === undefined ? [] : [openFile(path, found.line, found.column ?? 1)]),
          showTerminal(facts.spec.id),
        ],
      },
    ];
  },
};
