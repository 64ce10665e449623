/** Finds the regular expressions of the product, and measures how their cost grows with the length of a text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { repositoryRoot } from './repository';

export interface Expression {
  /** `file:line`, below `src` */
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

/** Returns every expression of `src` whose parts are static; a part that is computed is replaced by `name`. */
export function expressionsOfProduct(): readonly Expression[] {
  const root = join(repositoryRoot, 'src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => expressionsIn(file, readFileSync(join(root, file), 'utf8')));
}

export function expressionsIn(file: string, text: string): readonly Expression[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Expression[] = [];
  const visit = (node: ts.Node): void => {
    const read = readExpression(node);
    if (read !== undefined)
      found.push({ at: `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, ...read });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function readExpression(node: ts.Node): Pick<Expression, 'source' | 'flags'> | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'RegExp') return undefined;
  const [pattern, flags] = node.arguments ?? [];
  const source = pattern === undefined ? undefined : staticText(pattern);
  return source === undefined
    ? undefined
    : { source, flags: flags !== undefined && ts.isStringLiteralLike(flags) ? flags.text : '' };
}

function staticText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return (
      node.head.text + node.templateSpans.map((span) => (staticText(span.expression) ?? 'name') + span.literal.text).join('')
    );
  if (!ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [staticText(node.left), staticText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** Characters and words of which a hostile text is a long run. */
const runs: readonly string[] = [
  ...['\r', ' ', '\t', '\n', '\0', 'a', 'A', '1', '-', '.', ',', ':', '(', '[', '{', '"', "'", '`', '\\', '/', '='],
  ...['a-', ' a', 'a.', 'a/', '1.', ' \n', 'token-', '"a":', 'a=', '://', 'a:', 'http://', '\\"', '${'],
];

/** Returns texts that begin like a match, repeat one piece, and end with what no expression matches. */
function hostileTexts({ source }: Expression, characters: number): readonly string[] {
  const words = source
    .replace(/\\([^\w])/g, '$1')
    .replace(/\\\w/g, '\0')
    .split(/[\0^$|()?*+{}[\]]/)
    .filter((word) => word !== '');
  const own = [...new Set(words)].slice(0, 8);
  const pieces = [
    ...runs.map((run) => ['', run]),
    ...own.flatMap((word) => [
      ['', word],
      ['', `${word} `],
      [word, ' '],
      [word, 'a'],
      [word, '1'],
    ]),
  ];
  return pieces.map(([start = '', piece = '']) => start + piece.repeat(Math.ceil(characters / piece.length)) + '\u0001');
}

export interface Limits {
  /** The longest text that the expression gets in the product. */
  readonly characters: number;
  readonly ms: number;
}

/**
 * Returns why the expression is too expensive: the longest text takes longer than allowed, and more than eight times as long as a
 * quarter of it, so that a slow machine alone is no reason.
 */
export function objectionTo(expression: Expression, { characters, ms }: Limits): string | undefined {
  const pattern = new RegExp(expression.source, expression.flags);
  const steps = [64, 16, 4, 1].map((part) => Math.ceil(characters / part));
  const texts = steps.map((length) => hostileTexts(expression, length));
  for (const [index, longest] of (texts.at(-1) ?? []).entries()) {
    let before = Infinity;
    for (const text of texts.map((some) => some[index] ?? longest)) {
      let cost = costOf(pattern, text);
      for (let more = 0; more < 3 && cost > ms; more += 1) cost = Math.min(cost, costOf(pattern, text));
      if (cost > ms && cost > 8 * before) return `${expression.at}: ${cost} ms for ${JSON.stringify(text.slice(0, 24))}…`;
      // The shorter text was expensive already; the longer one would take minutes.
      if (cost > 10 * ms) return `${expression.at}: ${cost} ms for ${JSON.stringify(text.slice(0, 24))}…`;
      before = Math.max(cost, 0.05);
    }
  }
  return undefined;
}

/** Returns ms of this process, which do not grow when other programs use the processor. */
function costOf(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const before = process.cpuUsage();
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
