/** The shell or the package manager cannot find the command. */
import { brief } from '../../wording/brief';
import type { Brief } from '../../wording/brief';
import { briefNoCommand } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { openConfig, openFile, startService } from '../actions';
import { failureOf, isTroubled, value } from '../queries';
import type { Facts } from '../facts';
import { latestMatch, lastOutput, quoted } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

export const missingCommand: Rule = {
  code: 'missing-command',
  explains: ['crashed', 'crash-loop', 'not-running', 'not-listening'],
  find(facts) {
    const missing = missingIn(facts);
    if (missing === undefined) return [];
    const { id } = facts.spec;
    const manifest = joinPath(facts.cwd, 'package.json');
    const isScript = missing.script && value(facts.files)?.texts.has(manifest) === true;
    return [
      {
        severity: 'error',
        title: missing.title,
        short: missing.short,
        detail: missing.script
          ? t('Correct "command" in services.json, or add what it names.')
          : t('Install it, or correct "command" in services.json; a tool in a virtual environment needs its full path.'),
        evidence: [...missing.evidence, t('Folder: {0}', facts.cwd)],
        actions: [...(isScript ? [openFile(manifest)] : []), openConfig(id), startService(id)],
      },
    ];
  },
};

interface Missing {
  readonly title: string;
  readonly short: Brief;
  readonly script: boolean;
  readonly evidence: readonly string[];
}

function missingIn(facts: Facts): Missing | undefined {
  const failure = failureOf(facts);
  if (failure?.kind === 'launch' && failure.failure.kind === 'missingCommand') {
    const { command } = failure.failure;
    return { title: notFound(command), short: briefNoCommand(command), script: false, evidence: [] };
  }
  const match = isTroubled(facts) ? latestMatch(facts, 'command', 'script') : undefined;
  if (match !== undefined) {
    const command = match.groups['command'] ?? '';
    const script = match.kind === 'script';
    const title = script ? noScript(match.tool, command) : notFound(command);
    return {
      title,
      short: script ? briefNoScript(match.tool, command) : briefNoCommand(command),
      script,
      evidence: [quoted(match.line)],
    };
  }
  if (failure?.kind !== 'crashed' || failure.repeats !== 'missingCommand') return undefined;
  const written = typeof facts.spec.command === 'string' ? facts.spec.command : (facts.spec.command[0] ?? '');
  const title = t('The command in "{0}" was not found.', written);
  return { title, short: brief(() => t('Command not found')), script: false, evidence: lastOutput(facts) };
}

function noScript(tool: string, name: string): string {
  switch (tool) {
    case 'make':
      return t('The Makefile has no target "{0}".', name);
    case 'just':
      return t('The justfile has no recipe "{0}".', name);
    default:
      return t('package.json has no script "{0}".', name);
  }
}

function briefNoScript(tool: string, name: string): Brief {
  switch (tool) {
    case 'make':
      return brief((target) => t("No target '{0}'", target), name);
    case 'just':
      return brief((recipe) => t("No recipe '{0}'", recipe), name);
    default:
      return brief((script) => t("No script '{0}'", script), name);
  }
}

const notFound = (command: string): string => t('The command {0} was not found.', command);
