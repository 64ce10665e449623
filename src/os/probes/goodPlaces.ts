/** Remembers where a probe was answered as expected: such a place is asked in the cheapest way the next time. */
import { wantsBody } from '../../core/checks/reply';
import type { Question } from './exchange';
import type { HttpTarget } from './target';

const good = new WeakSet<HttpTarget>();

export const isGood = (target: HttpTarget): boolean => good.has(target);

export function note(target: HttpTarget, isAnswerGood: boolean): void {
  if (isAnswerGood) good.add(target);
  else good.delete(target);
}

/** Whether the status answers the question, and nothing has to be sent but the address. */
export const isPlain = (question: Question, { secure }: HttpTarget): boolean =>
  !secure && !wantsBody(question) && !hasKeys(question.headers);

function hasKeys(object: object): boolean {
  for (const _key in object) return true;
  return false;
}
