/** Converts a command of Docker Compose, as version 0.1 needed it, into `compose`. */
import { nodeAt, pathOf } from '../config/find';
import type { Node } from '../config/find';
import { parseServices } from '../config/parse';
import type { ConfigPlace } from '../config/parse';
import { servicesOf } from '../config/references';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import type { Property } from '../config/tree';
import { defined } from '../model/defined';
import { t } from '../wording/l10n';
import { applyEdits, replace } from './edit';
import type { Fix, TextEdit } from './edit';
import { removal } from './removal';

interface Called {
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  readonly project?: string;
  readonly build: boolean;
  readonly command: string;
  readonly services: readonly string[];
}

/** Returns the conversion of the service whose `command` or `stopCommand` is at the offset; undefined when it means anything else too. */
export function composeConversion(text: string, offset: number, place: ConfigPlace): Fix | undefined {
  const { root } = readSyntax(text);
  const node = nodeAt(root, offset);
  const [top, key, member] = node === undefined ? [] : pathOf(node);
  if (top !== 'services' || (member !== 'command' && member !== 'stopCommand')) return undefined;
  const members = propertiesOf(servicesOf(root).find((service) => service.key === key)?.value);
  const fix = conversionOf(text, members);
  if (fix === undefined) return undefined;
  const problemsIn = (changed: string): number => parseServices(changed, place).problems.length;
  return problemsIn(applyEdits(text, fix.edits)) <= problemsIn(text) ? fix : undefined;
}

function conversionOf(text: string, members: readonly Property[]): Fix | undefined {
  const [command, stop] = ['command', 'stopCommand'].map((key) => members.find((member) => member.key === key));
  const called = calledBy(command?.value);
  const [service, ...others] = called?.services ?? [];
  if (command?.value === undefined || called?.command !== 'up' || service === undefined || others.length > 0) return undefined;
  const { keyNode, value } = command;
  const whole = { offset: keyNode.offset, length: value.offset + value.length - keyNode.offset };
  return {
    title: t('Run it with "compose"'),
    edits: [replace(whole, `"compose": ${written(service, called)}`), ...removalOf(text, stop, service)],
    isPreferred: false,
  };
}

/** Another way to stop it is kept. */
function removalOf(text: string, stop: Property | undefined, service: string): readonly TextEdit[] {
  const stopped = calledBy(stop?.value);
  const isUsual = stopped?.command === 'stop' && stopped.services.join() === service;
  return isUsual && stop?.keyNode.parent !== undefined ? removal(text, stop.keyNode.parent) : [];
}

function written(service: string, { files, profiles, project, build }: Called): string {
  const list = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  const more = [
    ...(files.length === 0 ? [] : [`"files": ${list(files)}`]),
    ...(profiles.length === 0 ? [] : [`"profiles": ${list(profiles)}`]),
    ...(project === undefined ? [] : [`"project": ${JSON.stringify(project)}`]),
    ...(build ? ['"build": true'] : []),
  ];
  const name = JSON.stringify(service);
  return more.length === 0 ? name : `{ ${[`"service": ${name}`, ...more].join(', ')} }`;
}

/** Options whose meaning `compose` has, or that make no difference to it. Its dependencies are started already where `--no-deps` was right. */
const plain: ReadonlySet<string> = new Set(['-d', '--detach', '--no-deps', '--build', '--no-log-prefix', '--no-color']);
const name = /^[\w.][\w.-]*$/;

function calledBy(node: Node | undefined): Called | undefined {
  const read = readOptions(composeWords(wordsOf(node) ?? []));
  if (read === undefined) return undefined;
  const [command = '', ...after] = read.rest;
  const [project, ...more] = read.values('-p');
  const options = after.filter((word) => !name.test(word));
  if (more.length > 0 || !options.every((option) => plain.has(option))) return undefined;
  return {
    ...{ files: read.values('-f'), profiles: read.values('--profile'), command, build: options.includes('--build') },
    services: after.filter((word) => name.test(word)),
    ...defined({ project }),
  };
}

/** What follows the name of Compose; nothing when it is not called. */
function composeWords([first, ...rest]: readonly string[]): readonly string[] {
  if (first === 'docker-compose') return rest;
  return first === 'docker' && rest[0] === 'compose' ? rest.slice(1) : [];
}

/** By their long names as well. */
const shortOptions: ReadonlyMap<string, string> = new Map([
  ['-f', '-f'],
  ['--file', '-f'],
  ['--profile', '--profile'],
  ['-p', '-p'],
  ['--project-name', '-p'],
]);

interface Options {
  readonly values: (option: '-f' | '--profile' | '-p') => readonly string[];
  /** The command, and what follows it. */
  readonly rest: readonly string[];
}

/** Undefined when there is an option that `compose` has no key for. */
function readOptions(words: readonly string[]): Options | undefined {
  const found: (readonly [option: string, value: string])[] = [];
  let index = 0;
  for (; words[index]?.startsWith('-') === true; index += 2) {
    const option = shortOptions.get(words[index] ?? '');
    const value = words[index + 1];
    if (option === undefined || value === undefined) return undefined;
    found.push([option, value]);
  }
  const values: Options['values'] = (wanted) => found.flatMap(([option, value]) => (option === wanted ? [value] : []));
  return { values, rest: words.slice(index) };
}

/** Undefined for what a shell would read. */
function wordsOf(node: Node | undefined): readonly string[] | undefined {
  if (node?.type === 'array') {
    const words = (node.children ?? []).map((child): unknown => child.value);
    return words.every((word) => typeof word === 'string') ? words : undefined;
  }
  const line: unknown = node?.value;
  if (typeof line !== 'string' || !/^[\w ./@:=-]+$/.test(line)) return undefined;
  return line.split(' ').filter((word) => word !== '');
}
