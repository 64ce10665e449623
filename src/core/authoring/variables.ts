/** Variables in the texts of services.json. */
import { t } from '../wording/l10n';
import type { Candidate } from './candidate';
import type { Wanted } from './wanted';

interface Variable {
  readonly name: string;
  readonly detail: string;
  /** What follows the name is to be typed. */
  readonly isOpen?: true;
}

const all: readonly Variable[] = [
  { name: 'workspaceFolder', detail: t('the workspace folder of this file') },
  { name: 'workspaceFolderBasename', detail: t('the name of the workspace folder') },
  { name: 'userHome', detail: t('your home folder') },
  { name: 'pathSeparator', detail: t('the path separator of this system') },
  { name: 'env:', detail: t('an environment variable'), isOpen: true },
  { name: 'config:', detail: t('a VS Code setting'), isOpen: true },
];

/** The names that a text may hold; a variable with an argument ends with a colon. */
export const variableNames: readonly string[] = ['port', ...all.map(({ name }) => name)];

export function variableCandidates({ cursor, port, only }: Extract<Wanted, { readonly kind: 'variable' }>): readonly Candidate[] {
  const begun = /\$(?:\{[\w:.]*)?$/.exec(cursor.typed)?.[0] ?? '';
  const end = cursor.range.offset + 1 + cursor.typed.length;
  // The editor closes a brace by itself.
  const closing = cursor.after === '}' ? 1 : 0;
  const range = { offset: end - begun.length, length: begun.length + closing };
  const portVariable = {
    name: 'port',
    detail: port === undefined ? t('the port of this service') : t('the port of this service: {0}', port),
  };
  return [portVariable, ...(only === 'port' ? [] : all)].map((variable): Candidate => {
    const { name, detail } = variable;
    const label = `\${${name}}`;
    const isOpen = 'isOpen' in variable;
    const insert = isOpen ? `\\\${${name}\${1}\\}` : label;
    return { label, detail, kind: 'variable', range, insert, form: isOpen ? 'snippet' : 'text', filter: label };
  });
}
