/** Answers questions about Windows with what a test gives, and keeps them. */
import type { Disposable } from '../../../src/app/ports';
import type { ProcessIdentity, Reading } from '../../../src/core/model/process';
import { known, unavailable } from '../../../src/core/model/process';
import type { NativeSource } from '../../../src/os/windows/ports';
import { readAnswer, type Answers, type Question, type QuestionKind, type QuestionOf } from '../../../src/os/windows/questions';

export class FakeWindowsSource implements NativeSource {
  usable = true;
  readonly asked: Question[] = [];
  readonly watched: { readonly process: ProcessIdentity; readonly ended: () => void }[] = [];

  readonly isUsable = (): boolean => this.usable;

  /** `answer` gives undefined for "unavailable". */
  constructor(private readonly answer: (question: Question) => unknown) {}

  ask<K extends QuestionKind>(question: QuestionOf<K>): Promise<Reading<Answers[K]>> {
    this.asked.push(question);
    const answer = readAnswer<K>(question.kind, this.answer(question));
    return Promise.resolve(answer === undefined ? unavailable('The helper has ended.') : known(answer));
  }

  awaitExit(process: ProcessIdentity, ended: () => void): Disposable {
    const watch = { process, ended };
    this.watched.push(watch);
    return { dispose: () => void this.watched.splice(this.watched.indexOf(watch), 1) };
  }
}
