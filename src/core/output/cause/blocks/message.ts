/** Joins the lines of one message. */
import type { Entry } from '../entry';
import { textAt } from '../entry';

/** Longer messages are quoted up to here; the sentence is cut further where it is shown. */
const maxMessageCharacters = 600;

/** What follows is a list of places or advice, not the message. */
const ends =
  /^(?:Require stack:|Stack trace:|Traceback|For more information|file: |See https?:|Background on this|During handling of|The above exception)/;

const isComplete = (text: string): boolean => /[.!?…]["'`)\]]?$/.test(text);

/** Returns the lines from `from` (included) to `to` (excluded) as one, up to the first that ends a sentence. */
export function joined(entries: readonly Entry[], from: number, to: number): string {
  let text = '';
  for (let at = from; at < to && text.length < maxMessageCharacters; at += 1) {
    const line = textAt(entries, at).trim();
    // A list in the message is over.
    if (at > from + 1 && /^\s/.test(textAt(entries, at - 1)) && !/^\s/.test(textAt(entries, at))) break;
    if (line === '' ? text !== '' && !isOpen(text) : at > from && ends.test(line)) break;
    text = text === '' ? line : `${text} ${line}`.trimEnd();
    if (isComplete(text)) break;
  }
  return text.slice(0, maxMessageCharacters);
}

/** Whether a message must go on in the next line. */
export const isOpen = (text: string): boolean => /(?:[:,([{]|\bfor \w+)$/.test(text.trimEnd());

/** `inner` after `outer`, unless it is repeated there already. */
export function withInner(outer: string, inner: string | undefined): string {
  if (inner === undefined || inner === '') return outer;
  const message = inner.replace(/^[\w.$]+(?: \[\w+\])?: /, '');
  return message !== '' && outer.includes(message) ? outer : `${outer.replace(/:$/, '')}: ${inner}`;
}
