/** Parses text into a syntax tree, as far as it is valid. */
import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { t } from '../wording/l10n';
import type { ConfigProblem } from './problem';
import { rangeOf } from './tree';
import type { Property } from './tree';

export interface Syntax {
  /** Undefined when the text contains no value. */
  readonly root: Node | undefined;
  readonly errors: readonly SyntaxError[];
}

export interface SyntaxError {
  readonly kind: string;
  readonly problem: ConfigProblem;
}

/** Deeper than any real file, and shallow enough that the recursive parser cannot overflow the stack. */
const maxNestingDepth = 100;

export function readSyntax(text: string): Syntax {
  // A byte order mark is not valid JSON, but some editors write one. A space keeps all positions.
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
      // jsonc-parser reports an unfinished comment as longer than the text.
      syntaxError(printParseErrorCode(error), { offset, length: Math.min(length, text.length - offset) }),
    ),
  };
}

/** Returns the first syntax error that makes this property unreliable; undefined when the whole property is valid. */
export const brokenBy = (property: Property, errors: readonly SyntaxError[]) => errors.find((error) => isWithin(property, error));

export function isWithin({ node: { offset, length }, value }: Property, { kind, problem: { range } }: SyntaxError): boolean {
  // A comma that is missing before the property is reported at its first character. The property itself is valid.
  if (range.offset === offset) return kind !== 'CommaExpected';
  // An incomplete property reaches to the end of the text.
  const whole = length >= 0 && value !== undefined && value.length >= 0;
  return range.offset > offset && (!whole || range.offset < offset + length);
}

/**
 * Returns where nesting gets too deep. jsonc-parser has no limit of its own, and its scanner would take as long as parsing.
 * Like the parser, this ignores a closing bracket that does not match the innermost open one.
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
    if (closers.length > maxNestingDepth) return offset;
  }
  return undefined;
}

/** Returns the closing quote of a string, or at the latest the end of its line. */
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
  TooDeep: t('Nested too deeply: remove some of the brackets.'),
  InvalidSymbol: t('Invalid JSON: put strings in double quotes, or remove this.'),
  InvalidNumberFormat: t('Invalid number: write it in digits, such as 8000.'),
  PropertyNameExpected: t('Expected a key in double quotes: add one, or remove this.'),
  ValueExpected: t('Missing value: add it after the colon or comma.'),
  ColonExpected: t('Missing colon: write "key": value.'),
  CommaExpected: t('Missing comma: add it before this.'),
  CloseBraceExpected: t('Missing closing brace: add "}".'),
  CloseBracketExpected: t('Missing closing bracket: add "]".'),
  EndOfFileExpected: t('Expected the end of the file: remove what follows the last closing brace.'),
  InvalidCommentToken: t('Invalid comment: start it with //, or enclose it in /* and */.'),
  UnexpectedEndOfComment: t('Unterminated comment: add */.'),
  UnexpectedEndOfString: t('Unterminated string: add the closing double quote.'),
  UnexpectedEndOfNumber: t('Incomplete number: add the missing digits.'),
  InvalidUnicode: t('Invalid \\u escape: write four hexadecimal digits after \\u.'),
  InvalidEscapeCharacter: t('Invalid escape sequence in this string: write \\\\ for a backslash.'),
  InvalidCharacter: t('Control character in this string: write it as an escape sequence such as \\t or \\n.'),
};
