/** A file that cannot be read as a program. */
import { openFile, showTerminal } from '../actions';
import { isTroubled } from '../ask';
import { lastTold, linesOf, presentLines, quoted } from '../output';
import { locationNear } from '../location';
import { joinPath } from '../paths';
import type { Rule } from '../rule';

export const syntaxError: Rule = {
  code: 'syntax-error',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    const said = isTroubled(facts) ? lastTold(facts, 'syntax') : undefined;
    if (said === undefined) return [];
    const found = locationNear(presentLines(linesOf(facts)), said.at);
    const path = found === undefined ? undefined : joinPath(facts.cwd, found.path.replace(/^file:\/\//, ''));
    const place = found === undefined ? '' : ` in ${found.path}, line ${found.line}`;
    return [
      {
        severity: 'error',
        title: `Syntax error${place}: ${said.line.replace(/^.*?(?:SyntaxError|IndentationError|TabError)(?: \[\w+\])?: /, '')}`,
        detail: 'The program was not started, because one of its files cannot be read. It is tried again when the file is saved.',
        evidence: [quoted(said.line), ...(found === undefined ? [] : [`File: ${found.path}:${found.line}`])],
        actions: [
          ...(found === undefined || path === undefined ? [] : [openFile(path, found.line, found.column ?? 1)]),
          showTerminal(facts.spec.id),
        ],
      },
    ];
  },
};
