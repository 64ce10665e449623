/** The helper process of Windows and its PowerShell, as processes that were started and questions that they were asked. */
import type { HelperChannel, HelperEvents } from '../../../src/os/windows/helperProcess';
import type { Question } from '../../../src/os/windows/questions';
import type { FakeClock } from './clock';
import type { FakePids } from './pids';

/** What Windows shows of these processes; nothing is listening. */
function answerOf(question: Question, pids: FakePids): unknown {
  switch (question.kind) {
    case 'processes':
      return [{ pid: 4, ppid: 0, name: 'System' }, ...pids.rows().map((row) => ({ ...row, name: 'node.exe' }))];
    case 'identify': {
      const row = pids.row(question.pid);
      return row === undefined ? 'gone' : { born: row.born };
    }
    case 'end':
      return pids.end(question.pid) ? 'ended' : 'gone';
    case 'watch':
      return 'watched';
    case 'listeners':
    case 'sockets':
      return [];
    case 'parameters':
    case 'unwatch':
      return null;
  }
}

interface FakeHelperParts {
  readonly clock: FakeClock;
  readonly pids: FakePids;
  /** In ms; an answer of PowerShell takes longer than one of the system. */
  readonly answerMs: number;
  /** Undefined where it can be used. */
  readonly unusable?: string;
}

export class FakeHelper {
  /** Processes that were started. */
  starts = 0;
  readonly asked: Question['kind'][] = [];
  /** When all processes were asked for, in ms of the monotonic clock. */
  readonly listedAt: number[] = [];

  constructor(private readonly parts: FakeHelperParts) {}

  readonly start = ({ received }: HelperEvents): HelperChannel => {
    const { clock, pids, answerMs, unusable } = this.parts;
    this.starts += 1;
    clock.after(answerMs, () => received(unusable === undefined ? { kind: 'ready' } : { kind: 'unusable', why: unusable }));
    return {
      send: ({ id, question }) => {
        this.asked.push(question.kind);
        if (question.kind === 'processes') this.listedAt.push(clock.elapsed());
        clock.after(answerMs, () => received({ kind: 'answer', id, answer: answerOf(question, pids) }));
      },
      close: () => undefined,
    };
  };
}
