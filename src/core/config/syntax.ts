/** Text to syntax tree, as far as it can be read. */
import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { t } from '../wording/l10n';
import type { ConfigProblem } from './problem';
import { rangeOf } from './tree';
import type { Property } from './tree';

export interface Syntax {
  /** Undefined when the text holds no value at all. */
  readonly root: Node | undefined;
  readonly errors: readonly SyntaxError[];
}

export interface SyntaxError {
  readonly kind: string;
  readonly problem: ConfigProblem;
}

/** Deeper than any real file, and shallow enough that the recursive parser cannot overflow the stack. */
const maxDepth = 100;

export function readSyntax(text: string): Syntax {
  // A byte order mark is no JSON, but some editors write one; a space keeps all positions.
  const clean = text.replace(/^\uFEFF/, ' ');
  const tooDeep = findTooDeep(clean);
  if (tooDeep !== undefined) {
    return { root: undefined, errors: [syntaxError('TooDeep', { offset: tooDeep, length: 1 })] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(clean, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const firstAtOffset = new Map(errors.toReversed().map((error) => [error.offset, error]));
  return {
    root,
    errors: [...firstAtOffset.values()].reverse().map(({ error, offset, length }) =>
      // An unfinished comment is reported as longer than the text.
      syntaxError(printParseErrorCode(error), { offset, length: Math.min(length, text.length - offset) }),
    ),
  };
}

/** The first syntax error that makes this property unreliable, or undefined when it can be read as a whole. */
export const brokenBy = (property: Property, errors: readonly SyntaxError[]) => errors.find((error) => isWithin(property, error));

export function isWithin({ node: { offset, length }, value }: Property, { kind, problem: { range } }: SyntaxError): boolean {
  // A comma that is missing before the property is reported at its first character and does it no harm.
  if (range.offset === offset) return kind !== 'CommaExpected';
  // What is not complete reaches to the end of the text.
  const whole = length >= 0 && value !== undefined && value.length >= 0;
  return range.offset > offset && (!whole || range.offset < offset + length);
}

/**
 * Where the brackets go too deep. jsonc-parser has no limit of its own, and its scanner would take as long as parsing.
 * Like the parser, this passes over a closing bracket that does not belong to the innermost open one.
 */
function findTooDeep(text: string): number | undefined {
  const closers: string[] = [];
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '"') offset = endOfString(text, offset);
    else if (character === '/') offset = endOfComment(text, offset);
    else if (character === '{') closers.push('}');
    else if (character === '[') closers.push(']');
    else if (character === closers.at(-1)) closers.pop();
    if (closers.length > maxDepth) return offset;
  }
  return undefined;
}

/** A string ends at its quote, and at the latest with its line. */
function endOfString(text: string, start: number): number {
  let offset = start + 1;
  while (offset < text.length && text[offset] !== '"' && text[offset] !== '\n' && text[offset] !== '\r')
    offset += text[offset] === '\\' ? 2 : 1;
  return offset;
}

function endOfComment(text: string, start: number): number {
  const closing = text[start + 1] === '/' ? '\n' : text[start + 1] === '*' ? '*/' : undefined;
  if (closing === undefined) return start;
  const end = text.indexOf(closing, start + 2);
  return end < 0 ? text.length : end + closing.length - 1;
}

function syntaxError(kind: string, range: { readonly offset: number; readonly length: number }): SyntaxError {
  return {
    kind,
    problem: {
      severity: 'error',
      code: 'syntax',
      message: messages[kind] ?? messages['InvalidSymbol'] ?? kind,
      range: rangeOf(range),
    },
  };
}

const messages: Readonly<Record<string, string>> = {
  TooDeep: t('This is nested too deeply to be read: remove some of the brackets.'),
  InvalidSymbol: t('This is not JSON: put texts in double quotes, or remove it.'),
  InvalidNumberFormat: t('This number cannot be read: write it as digits, such as 8000.'),
  PropertyNameExpected: t('A key in double quotes is expected here: add it, or remove what stands here.'),
  ValueExpected: t('A value is missing here: add it after the colon or comma.'),
  ColonExpected: t('A colon is missing here: write "key": value.'),
  CommaExpected: t('A comma is missing here: add it before this.'),
  CloseBraceExpected: t('A closing brace is missing here: add "}".'),
  CloseBracketExpected: t('A closing bracket is missing here: add "]".'),
  EndOfFileExpected: t('The file should end here: remove what follows the last closing brace.'),
  InvalidCommentToken: t('This comment cannot be read: begin it with // or put it between /* and */.'),
  UnexpectedEndOfComment: t('This comment does not end: add */.'),
  UnexpectedEndOfString: t('This text does not end: add the closing double quote.'),
  UnexpectedEndOfNumber: t('This number is not complete: add the missing digits.'),
  InvalidUnicode: t('This \\u escape cannot be read: write four hexadecimal digits after it.'),
  InvalidEscapeCharacter: t('This text holds a backslash that escapes nothing: write \\\\ for a backslash.'),
  InvalidCharacter: t('This text holds a control character: write it as an escape such as \\t or \\n.'),
};
