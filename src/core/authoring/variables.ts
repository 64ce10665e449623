/** Completes variables in the strings of services.json. */
import { t } from '../wording/l10n';
import type { Completion } from './completion';
import type { Wanted } from './wanted';

interface Variable {
  readonly name: string;
  readonly detail: string;
  /** The user has to type what follows the name. */
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

/** The names of all variables. A variable with an argument ends with a colon. */
export const variableNames: readonly string[] = ['port', 'url:', ...all.map(({ name }) => name)];

export function variableCompletions({
  cursor,
  port,
  only,
  others,
}: Extract<Wanted, { readonly kind: 'variable' }>): readonly Completion[] {
  const begun = /\$(?:\{[\w:.-]*)?$/.exec(cursor.typed)?.[0] ?? '';
  const end = cursor.range.offset + 1 + cursor.typed.length;
  // The editor closes a brace automatically.
  const closing = cursor.after === '}' ? 1 : 0;
  const range = { offset: end - begun.length, length: begun.length + closing };
  const portVariable = {
    name: 'port',
    detail: port === undefined ? t('the port of this service') : t('the port of this service: {0}', port),
  };
  const addresses = others.flatMap((name) => [
    { name: `port:${name}`, detail: t('the port of {0}', name) },
    { name: `url:${name}`, detail: t('the address of {0}', name) },
  ]);
  return [portVariable, ...addresses, ...(only === 'ports' ? [] : all)].map((variable): Completion => {
    const { name, detail } = variable;
    const label = `\${${name}}`;
    const isOpen = 'isOpen' in variable;
    const insert = isOpen ? `\\\${${name}\${1}\\}` : label;
    return { label, detail, kind: 'variable', range, insert, form: isOpen ? 'snippet' : 'text', filter: label };
  });
}
