/** Converts values of the wrong type or form to the forms that were probably meant. */
import type { Node } from '../config/find';
import { t } from '../wording/l10n';
import { replace } from './edit';
import type { Fix } from './edit';
import { shortened } from '../wording/text';

/** The caller checks which of the conversions are valid. */
export function conversions(node: Node): readonly Fix[] {
  if (node.type === 'object') return [inList(node)];
  return possibleValues(node).map((value) => {
    const text = JSON.stringify(value);
    return { title: t('Change to {0}', shortened(text, maxTitleCharacters)), edits: [replace(node, text)], isPreferred: true };
  });
}

function inList({ offset, length }: Node): Fix {
  const insert = (at: number, text: string) => replace({ offset: at, length: 0 }, text);
  return { title: t('Convert to a list'), edits: [insert(offset, '['), insert(offset + length, ']')], isPreferred: true };
}

function possibleValues(node: Node): readonly unknown[] {
  const value: unknown = node.value;
  switch (node.type) {
    case 'string':
      return typeof value === 'string' ? fromString(value) : [];
    case 'number':
      return [String(value)];
    case 'boolean':
      if (keyOf(node) !== 'restart') return [String(value)];
      return value === true ? ['on-failure', 'always'] : ['no'];
    default:
      return [];
  }
}

const keyOf = ({ parent }: Node): unknown => (parent?.type === 'property' ? parent.children?.[0]?.value : undefined);

function fromString(text: string): readonly unknown[] {
  const plain = text.trim();
  const lower = plain.toLowerCase();
  const otherForms = [lower, plain.toUpperCase(), duration(lower)].filter((form) => form !== text);
  return [
    ...(/^\d{1,15}$/.test(plain) ? [Number(plain)] : []),
    ...(['true', 'yes', 'on'].includes(lower) ? [true] : []),
    ...(['false', 'no', 'off'].includes(lower) ? [false] : []),
    ...otherForms,
    ...(plain.startsWith('@') ? [plain.slice(1)] : []),
    ...(plain === '' ? [] : [/^[\w.-]+:\d/.test(plain) ? `http://${plain}` : `/${plain}`, [plain]]),
  ];
}

/** Converts "5 seconds" and "1 min", as Compose allows them. */
const duration = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/milli(?:second)?s?|msecs?/g, 'ms')
    .replace(/(?<=\d)(?:seconds?|secs?)/g, 's')
    .replace(/(?<=\d)(?:minutes?|mins?)/g, 'm')
    .replace(/(?<=\d)(?:hours?|hrs?)/g, 'h');

const maxTitleCharacters = 60;
