/** A variable that the program needs is not set. */
import { t } from '../../wording/l10n';
import { openConfig, openFile, showTerminal } from '../actions';
import { isTroubled, value } from '../ask';
import type { Facts, FileFacts } from '../facts';
import { lastTold, linesOf, presentLines, quoted } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';
import { envEntries } from '../../workspaceFiles/envFile';

/** The program itself says so. */
export const missingEnv: Rule = {
  code: 'missing-env',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'not-running'],
  find(facts) {
    if (!isTroubled(facts)) return [];
    const told = named(facts);
    if (told === undefined) return [];
    const { name, line } = told;
    const example = exampleWith(name, facts);
    return [
      {
        severity: 'error',
        title: t('The variable {0} is not set, and {1} needs it.', name, facts.spec.key),
        detail:
          example === undefined
            ? t('Set it in .env, or in "env" of services.json.')
            : t('Set it in .env, or in "env" of services.json; .env.example tells what it is for.'),
        evidence: [quoted(line), ...(example === undefined ? [] : [t('{0} names {1}.', example, name)])],
        actions: [...openEnv(facts, example), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

/** The program says nothing of it, but its example has keys that are set nowhere: a hint beside the failure itself. */
export const unsetExample: Rule = {
  code: 'missing-env',
  find(facts) {
    if (!isTroubled(facts) || named(facts) !== undefined) return [];
    const unset = unsetKeys(facts);
    const example = examples(facts)[0];
    if (unset.length === 0 || example === undefined) return [];
    const first = unset.slice(0, 5).join(', ');
    const keys = unset.length > 5 ? t('{0} and {1} more', first, unset.length - 5) : first;
    return [
      {
        severity: 'warning',
        title:
          unset.length === 1
            ? t('A variable of .env.example is not set: {0}.', keys)
            : t('Variables of .env.example are not set: {0}.', keys),
        detail: t('Copy what is missing from .env.example into .env, with values of your own.'),
        evidence: [t('{0} names {1}.', example, keys)],
        actions: [...openEnv(facts, example), openConfig(facts.spec.id)],
      },
    ];
  },
};

function named(facts: Facts): { readonly name: string; readonly line: string } | undefined {
  const said = lastTold(facts, 'variable');
  if (said?.groups['name'] !== undefined) return { name: said.groups['name'], line: said.line };
  return requiredSetting(presentLines(linesOf(facts)));
}

/** pydantic-settings names the field on the line before; its variable is the same in capitals. */
function requiredSetting(lines: readonly string[]): { readonly name: string; readonly line: string } | undefined {
  const start = lines.findLastIndex((line) => /validation errors? for \w*(?:Settings|Config|Env)\w*$/i.test(line));
  if (start < 0) return undefined;
  const at = lines.findIndex((line, index) => index > start && /^\s+Field required\b/.test(line));
  const field = lines[at - 1]?.trim();
  return at > start + 1 && field !== undefined && /^\w+$/.test(field)
    ? { name: field.toUpperCase(), line: `${field}: Field required` }
    : undefined;
}

const folders = (facts: Facts): readonly string[] => [...new Set([facts.cwd, facts.spec.folder])];
const exampleNames = ['.env.example', '.env.sample', '.env.template'];
export const envFileNames: readonly string[] = [
  '.env',
  '.env.local',
  '.env.development',
  '.env.development.local',
  ...exampleNames,
];

/** Only those beside the service count fully; a workspace's own is for all services. */
const examples = (facts: Facts): readonly string[] =>
  exampleNames.map((name) => joinPath(facts.cwd, name)).filter((path) => value(facts.files)?.texts.has(path) === true);

const exampleWith = (name: string, facts: Facts): string | undefined =>
  folders(facts)
    .flatMap((folder) => exampleNames.map((each) => joinPath(folder, each)))
    .find((path) => envEntries(value(facts.files)?.texts.get(path) ?? '').some((entry) => entry.name === name));

function unsetKeys(facts: Facts): readonly string[] {
  const files = value(facts.files);
  const environment = value(facts.environment);
  if (files === undefined || environment === undefined) return [];
  const set = new Set([...environment, ...Object.keys(facts.spec.env), ...inEnvFiles(facts, files)]);
  const wanted = examples(facts).flatMap((path) => envEntries(files.texts.get(path) ?? ''));
  return [...new Set(wanted.map(({ name }) => name))].filter((name) => !set.has(name));
}

const inEnvFiles = (facts: Facts, files: FileFacts): readonly string[] =>
  folders(facts)
    .flatMap((folder) => envFileNames.filter((name) => !exampleNames.includes(name)).map((name) => joinPath(folder, name)))
    .flatMap((path) => envEntries(files.texts.get(path) ?? '').map(({ name }) => name));

function openEnv(facts: Facts, example: string | undefined) {
  const files = value(facts.files);
  const present = folders(facts)
    .map((folder) => joinPath(folder, '.env'))
    .find((path) => files?.texts.has(path));
  return [...(present === undefined ? [] : [openFile(present)]), ...(example === undefined ? [] : [openFile(example)])];
}
