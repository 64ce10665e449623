/** Who can be asked about Windows. */
import type { ProcessIdentity, Reading } from '../../core/model/process';
import type { Disposable } from '../../app/ports';
import type { Answers, QuestionKind, QuestionOf } from './questions';

export interface WindowsSource {
  /** Unavailable when there is no answer in time. Never rejects. */
  ask<K extends QuestionKind>(question: QuestionOf<K>): Promise<Reading<Answers[K]>>;
}

/** Answers in milliseconds, and reports exits. */
export interface NativeSource extends WindowsSource {
  /** False when the system's own calls cannot be used on this machine; true as long as that is not known. */
  isUsable(): boolean;
  /** Reports the end of the process, once. Whether it can is not known before: a slower look goes on beside it. */
  awaitExit(process: ProcessIdentity, ended: () => void): Disposable;
}
