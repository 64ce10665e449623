/** Quick fixes for the problems of services.json. */
import { nodeAt } from '../config/find';
import type { Node } from '../config/find';
import { parseServices } from '../config/parse';
import type { ConfigPlace } from '../config/parse';
import type { ConfigProblem } from '../config/problem';
import { readSyntax } from '../config/syntax';
import { t } from '../wording/l10n';
import { conversions } from './conversions';
import type { Fix, TextEdit } from './edit';
import { applyEdits, replace } from './edit';
import { editsSetting } from '../config/setValues';
import { servicesOf } from '../config/references';
import { removal } from './removal';
import { insertComma, writeServices } from './structure';
import { nextFreePort } from './freePort';

/** Returns the fixes, the best one first. `problem` is one that `parseServices` found in this version of the text. */
export function fixesFor(text: string, problem: ConfigProblem, place: ConfigPlace): readonly Fix[] {
  const root = readSyntax(text).root;
  const node = nodeAt(root, problem.range.offset);
  const fixes = node === undefined ? withoutNode({ text, problem, root }) : withNode({ text, problem, root, node });
  const distinct = new Map(fixes.map((fix) => [applyEdits(text, fix.edits), fix]));
  return [...distinct.values()].filter(({ edits }) => solves(edits, { text, problem, place }));
}

interface Case {
  readonly text: string;
  readonly problem: ConfigProblem;
  readonly root: Node | undefined;
}

function withoutNode({ text, problem: { code, range }, root }: Case): readonly Fix[] {
  if (code === 'syntax') return insertComma(text, range);
  return code === 'noServices' ? writeServices(text, root) : [];
}

function withNode(found: Case & { readonly node: Node }): readonly Fix[] {
  const { text, problem, node } = found;
  switch (problem.code) {
    case 'unknownKey':
    case 'unknownDependency':
      return [...write(problem, node), remove(text, node)];
    case 'duplicateKey':
    case 'unusedKey':
    case 'dependencyCircle':
      return [remove(text, node)];
    case 'invalidName':
      return [...rename(node)];
    case 'invalidValue':
      return [...write(problem, node), ...conversions(valueOf(node))];
    case 'unknownReference':
      return otherName(problem);
    case 'noAddress':
      return addPort(found);
    case 'samePort':
      return otherPort(found);
    default:
      return withoutNode(found);
  }
}

function write({ suggestion }: ConfigProblem, node: Node): readonly Fix[] {
  if (suggestion === undefined) return [];
  return [{ title: t('Change to "{0}"', suggestion), edits: [replace(node, JSON.stringify(suggestion))], isPreferred: true }];
}

/** Only the name within the string. */
function otherName({ suggestion, range }: ConfigProblem): readonly Fix[] {
  if (suggestion === undefined) return [];
  const edits = [replace(range, JSON.stringify(suggestion).slice(1, -1))];
  return [{ title: t('Change to "{0}"', suggestion), edits, isPreferred: true }];
}

/** To the service that is referred to. */
function addPort({ text, problem, root }: Case): readonly Fix[] {
  const { offset, length } = problem.range;
  const key = servicesOf(root).find(({ key: each }) => text.slice(offset, offset + length).endsWith(each))?.key;
  if (key === undefined) return [];
  const edits = editsSetting(text, key, { path: ['port'], value: 'auto' });
  return [{ title: t('Add "port": "auto" to {0}', key), edits, isPreferred: true }];
}

/** Removes a key together with its value. */
function remove(text: string, node: Node): Fix {
  const whole = node.parent?.type === 'property' ? node.parent : node;
  return {
    title: t('Remove {0}', text.slice(node.offset, node.offset + node.length)),
    edits: removal(text, whole),
    isPreferred: false,
  };
}

function rename(node: Node): readonly Fix[] {
  const name = String(node.value).replaceAll('/', '-');
  return [{ title: t('Rename to "{0}"', name), edits: [replace(node, JSON.stringify(name))], isPreferred: true }];
}

function otherPort({ node, root }: Case & { readonly node: Node }): readonly Fix[] {
  const port = nextFreePort(Number(node.value), root);
  if (port === undefined) return [];
  return [
    { title: t('Use port {0}, which no other service uses', port), edits: [replace(node, String(port))], isPreferred: true },
  ];
}

/** Returns the value of a key. A problem with a value longer than a line is shown at its key. */
function valueOf(node: Node): Node {
  const { parent } = node;
  return parent?.type === 'property' && parent.children?.[0] === node ? (parent.children[1] ?? node) : node;
}

/** Accepts only edits that solve the problem and cause no problem that the user would have to undo. */
function solves(
  edits: readonly TextEdit[],
  { text, problem, place }: { readonly text: string; readonly problem: ConfigProblem; readonly place: ConfigPlace },
): boolean {
  const before = parseServices(text, place).problems;
  const after = parseServices(applyEdits(text, edits), place).problems;
  const isFewer = (isMeant: (one: ConfigProblem) => boolean, by: number) =>
    after.filter(isMeant).length + by <= before.filter(isMeant).length;
  const hasKind = ({ code, service }: ConfigProblem) =>
    code === problem.code && (code === 'invalidName' || service === problem.service);
  // A service that could not be read shows its other errors only now. A service that could be read must not get worse.
  const isWorse = problem.severity === 'warning' && !isFewer(({ severity }) => severity === 'error', 0);
  return isFewer(hasKind, 1) && isFewer(({ code }) => code === 'duplicateKey', 0) && !isWorse;
}
