/** A variable that the program needs is not set. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { openConfig, openFile, showTerminal } from '../actions';
import { isTroubled, value } from '../queries';
import type { Facts, FileFacts } from '../facts';
import { latestMatch, presentLines, quoted } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';
import { envEntries } from '../../workspaceFiles/envFile';

/** The output of the program names the variable. */
export const missingEnv: Rule = {
  code: 'missing-env',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'not-running'],
  find(facts) {
    if (!isTroubled(facts)) return [];
    const missing = named(facts);
    if (missing === undefined) return [];
    const { name, line } = missing;
    const example = exampleWith(name, facts);
    return [
      {
        severity: 'error',
        title: t('The variable {0} is not set, but {1} needs it.', name, facts.spec.key),
        short: brief((variable) => t('{0} is not set', variable), name),
        detail:
          example === undefined
            ? t('Set it in .env, or in "env" of services.json.')
            : t('Set it in .env, or in "env" of services.json; .env.example describes it.'),
        evidence: [quoted(line), ...(example === undefined ? [] : [t('{0} lists {1}.', example, name)])],
        actions: [...openEnv(facts, example), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

const maxListedVariables = 5;

/** The output names no variable, but the example file has variables that are set nowhere: a hint beside the failure itself. */
export const unsetExample: Rule = {
  code: 'missing-env',
  find(facts) {
    if (!isTroubled(facts) || named(facts) !== undefined) return [];
    const unset = unsetKeys(facts);
    const example = examples(facts)[0];
    if (unset.length === 0 || example === undefined) return [];
    const shown = unset.slice(0, maxListedVariables);
    const hidden = unset.length - shown.length;
    const keys = listOf(hidden === 0 ? shown : [...shown, t('{0} more', hidden)], 'and');
    return [
      {
        severity: 'warning',
        title:
          unset.length === 1
            ? t('A variable from .env.example is not set: {0}.', keys)
            : t('Variables from .env.example are not set: {0}.', keys),
        short:
          unset.length === 1
            ? brief((variable) => t('{0} is not set', variable), keys)
            : brief(() => t('{0} variables are not set', unset.length)),
        detail: t('Copy the missing variables from .env.example to .env, and set their values.'),
        evidence: [t('{0} lists {1}.', example, keys)],
        actions: [...openEnv(facts, example), openConfig(facts.spec.id)],
      },
    ];
  },
};

function named(facts: Facts): { readonly name: string; readonly line: string } | undefined {
  const lines = presentLines(facts);
  const match = latestMatch(facts, 'variable');
  const name = match?.groups['name'];
  if (match === undefined || name === undefined) return requiredSetting(lines);
  return match.tool === 'Python' && !isOfEnvironment(lines, match.at) ? undefined : { name, line: match.line };
}

/** A KeyError may be that of any dictionary: only the traceback shows whether the environment was read. */
const isOfEnvironment = (lines: readonly string[], at: number): boolean =>
  lines
    .slice(Math.max(0, at - maxFrameLines), at)
    .some((line) => /\benviron\b|\bos(?:\.py|>)", line \d+, in __getitem__/.test(line));

/** The lines of the last two frames of a traceback. */
const maxFrameLines = 6;

/** pydantic-settings prints the field on the line before; the variable has the same name in upper case. */
function requiredSetting(lines: readonly string[]): { readonly name: string; readonly line: string } | undefined {
  const start = lines.findLastIndex((line) => /validation errors? for \w*(?:Settings|Config|Env)\w*$/i.test(line));
  if (start < 0) return undefined;
  const at = lines.findIndex((line, index) => index > start && /^\s+[Ff]ield required\b/.test(line));
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

/** Returns the example files in the folder of the service. An example file of the workspace concerns all services. */
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
