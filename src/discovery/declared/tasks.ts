/** Background tasks of tasks.json: services that are already started in VS Code. */
import type { Candidate, Detector } from '../candidate';
import { dataAt, listAt, parseJson, textAt, textsOf } from '../read/formats';
import type { Data } from '../read/formats';
import { join } from '../read/paths';
import { findIn, sourceOf } from '../read/source';
import { declared } from './declared';

const file = '.vscode/tasks.json';

/** A file that is written by hand contains fewer. */
const maxTasks = 200;

export const tasks: Detector = async (project) => {
  const text = await project.text(file);
  if (text === undefined) return [];
  const source = sourceOf(file, text);
  const found = await project.pace.map(
    listAt(dataAt(parseJson(text)), 'tasks').slice(0, maxTasks),
    (item): readonly Candidate[] => {
      const task = dataAt(item);
      const name = textAt(task, 'label') ?? textAt(task, 'taskName') ?? textAt(task, 'script') ?? '';
      const line = lineOf(task);
      if (task['isBackground'] !== true || line === undefined || name === '' || isTest(task, name)) return [];
      const where = findIn(source, new RegExp(`"${name.replace(/\W/g, '\\$&')}"`))?.where ?? file;
      const candidate = declared({ name, line, cwd: folderOf(task), env: environmentOf(task), file, where });
      // A key of services.json must not contain a slash.
      const isStart = candidate.starts === undefined && startsApp.test(line);
      // It starts the app that is in the code, whatever the target runs.
      const start = isStart ? { isTarget: true, starts: { kinds: /^(?!.*\bworker\b)/, cwd: candidate.cwd } } : {};
      return [{ ...candidate, ...start, name: name.replaceAll('/', '-'), evidence: [`background task "${name}" in ${where}`] }];
    },
  );
  return found.flat();
};

/** Targets with the names that starts usually have. */
const startsApp = /^(?:make|just|task|invoke)[ \t]+(?:run|start|dev|serve|server|up)$/;

/** `ng new` writes a task that watches the tests. */
const isTest = (task: Data, name: string): boolean =>
  /^tests?(?:$|[\W_])|[\W_]tests?$|\bdocs?\b|\bextension\b|storybook/i.test(name) ||
  task['group'] === 'test' ||
  textAt(dataAt(task, 'group'), 'kind') === 'test';

/** Returns the line that the task runs; undefined for a task of another extension. */
function lineOf(task: Data): string | undefined {
  const type = textAt(task, 'type') ?? 'shell';
  const script = textAt(task, 'script');
  if (type === 'npm' && script !== undefined) return `npm run ${script}`;
  const command = textAt(task, 'command') ?? textAt(dataAt(task, 'command'), 'value');
  if ((type !== 'shell' && type !== 'process') || command === undefined) return undefined;
  const args = listAt(task, 'args').map((arg) => (typeof arg === 'string' ? arg : (textAt(dataAt(arg), 'value') ?? '')));
  const line = [command, ...args.map((arg) => (/[\s"]/.test(arg) ? JSON.stringify(arg) : arg))].join(' ');
  // A task that asks for input, or that uses the current file, cannot start unattended.
  return /\$\{(?:input|command|file|relativeFile|selectedText|lineNumber)/.test(line) ? undefined : line;
}

function folderOf(task: Data): string {
  const written = textAt(dataAt(task, 'options'), 'cwd') ?? textAt(task, 'path') ?? '';
  return join(written.replace(/^\$\{workspace(?:Folder|Root)\}[/\\]?/, '').replaceAll('\\', '/'));
}

const environmentOf = (task: Data): Readonly<Record<string, string>> => {
  const env = dataAt(task, 'options', 'env');
  const texts = textsOf(Object.values(env));
  return texts.length === Object.keys(env).length
    ? Object.fromEntries(Object.keys(env).map((name) => [name, textAt(env, name) ?? '']))
    : {};
};
