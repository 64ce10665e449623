/** The texts for people in the sources, as a translator meets them. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { glob } from './glob';
import { repositoryRoot } from './repository';

export interface FoundText {
  /** The English text; undefined when it is not written as a literal, so that no tool can find it. */
  readonly text: string | undefined;
  /** How many parts the call gives. */
  readonly parts: number;
  /** File and line. */
  readonly place: string;
}

/** Every call of `t(…)` in src. */
export async function textsInSource(): Promise<readonly FoundText[]> {
  return (await glob(join(repositoryRoot, 'src'), '.ts')).flatMap(textsIn);
}

function textsIn(path: string): readonly FoundText[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: FoundText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first, ...parts] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const place = `${relative(repositoryRoot, path)}:${line + 1}`;
      const isLiteral = first !== undefined && ts.isStringLiteralLike(first);
      found.push({ text: isLiteral ? first.text : undefined, parts: parts.length, place });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
