/** Every text that users can see: in calls of `t(…)`, in the manifest and in the JSON schema. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { glob } from './glob';
import { repositoryRoot } from './repository';

export interface FoundText {
  /** The English text; undefined when it is not a literal, so that no tool can find it. */
  readonly text: string | undefined;
  /** Number of arguments after the text. */
  readonly parts: number;
  /** File and line. */
  readonly place: string;
}

export interface UiText {
  readonly text: string;
  /** File and line, key, or path within a JSON file. */
  readonly place: string;
}

/** Returns the English texts in the order of their files. Those of `t(…)` that are no literal are left out. */
export async function uiTexts(): Promise<readonly UiText[]> {
  const source = (await textsInSource()).flatMap(({ text, place }) => (text === undefined ? [] : [{ text, place }]));
  return [...source, ...textsInManifest(), ...textsInSchema()];
}

/** Returns every call of `t(…)` in src. */
export async function textsInSource(): Promise<readonly FoundText[]> {
  const files = await Promise.all(['.ts', '.tsx'].map((ending) => glob(join(repositoryRoot, 'src'), ending)));
  return files.flat().flatMap(textsIn);
}

const manifestTexts = 'package.nls.json';

function textsInManifest(): readonly UiText[] {
  const texts = readJson(manifestTexts);
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [{ text, place: `${manifestTexts}: ${key}` }] : [],
  );
}

const schema = 'media/services.schema.json';

/** Reads the generated file, which a test compares with its source. */
function textsInSchema(): readonly UiText[] {
  const found: UiText[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value) as [string, unknown][]) {
      const place = `${path}.${key}`;
      if (typeof child === 'string' && schemaTextKeys.has(key)) found.push({ text: child, place });
      else if (key === 'enumDescriptions' && Array.isArray(child))
        child.forEach((text, index) => found.push({ text: String(text), place: `${place}.${index}` }));
      else visit(child, place);
    }
  };
  visit(readJson(schema), schema);
  return found;
}

/** `markdownDescription` repeats `description` with the default. */
const schemaTextKeys = new Set(['description', 'label', 'patternErrorMessage']);

function readJson(file: string): object {
  const value: unknown = JSON.parse(readFileSync(join(repositoryRoot, file), 'utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${file} holds no object.`);
  return value;
}

function textsIn(path: string): readonly FoundText[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: FoundText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first, ...parts] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const place = `${relative(repositoryRoot, path).replaceAll('\\', '/')}:${line + 1}`;
      const isLiteral = first !== undefined && ts.isStringLiteralLike(first);
      found.push({ text: isLiteral ? first.text : undefined, parts: parts.length, place });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
