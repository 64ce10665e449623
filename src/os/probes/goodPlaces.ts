/** Remembers where a probe was answered as expected: such a place is asked in the cheapest way the next time. */
import { wantsBody } from '../../core/checks/reply';
import type { Question } from './exchange';
import type { HttpTarget } from './target';

const maxPlaces = 1000;

/** By address, port and path. */
const good = new Set<string>();

export const isGood = (target: HttpTarget): boolean => good.has(keyOf(target));

export function note(target: HttpTarget, isAnswerGood: boolean): void {
  if (good.size >= maxPlaces) good.clear();
  if (isAnswerGood) good.add(keyOf(target));
  else good.delete(keyOf(target));
}

/** Whether the status answers the question, and nothing has to be sent but the address. */
export const isPlain = (question: Question, { secure }: HttpTarget): boolean =>
  !secure && !wantsBody(question) && Object.keys(question.headers).length === 0;

const keyOf = ({ address, port, path }: HttpTarget): string => `${address} ${port} ${path}`;
