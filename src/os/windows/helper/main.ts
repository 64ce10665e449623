/** The helper process: calls the system and answers, so that a fault in a native call never ends the extension host. */
import type { Answers, Question, QuestionKind, QuestionOf, Reply } from '../questions';
import { readRequest } from '../questions';
import { createExitWaits } from './exits';
import { readParameters } from './parameters';
import { createProcessLister, endProcess, identify } from './processes';
import { listSockets } from './sockets';
import { openSystem } from './system';

type Answering = { readonly [K in QuestionKind]: (question: QuestionOf<K>) => Answers[K] };

const send = (reply: Reply): void => void process.send?.(reply);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function createAnswering(folder: string): Answering {
  const system = openSystem(folder);
  const processes = createProcessLister(system);
  const exits = createExitWaits(system);
  return {
    processes,
    identify: ({ pid }) => identify(system, pid),
    parameters: ({ pid }) => readParameters(system, pid) ?? null,
    listeners: () => listSockets(system, 'listeners'),
    sockets: () => listSockets(system, 'sockets'),
    end: ({ pid, born }) => endProcess(system, pid, born),
    watch: ({ pid, born }) => (exits.watch(pid, born, () => send({ kind: 'exited', pid, born })) ? 'watched' : 'gone'),
    unwatch: ({ pid, born }) => {
      exits.unwatch(pid, born);
      return null;
    },
  };
}

function answer<K extends QuestionKind>(answering: Answering, kind: K, question: QuestionOf<K>): Answers[K] {
  return answering[kind](question);
}

/** Without the extension host there is nothing to answer. A wait on another thread would keep the process. */
process.on('disconnect', () => process.exit(0));

try {
  const answering = createAnswering(__dirname);
  process.on('message', (message) => {
    const request = readRequest(message);
    if (request === undefined) return;
    const { id, question } = request;
    try {
      send({ kind: 'answer', id, answer: answer<Question['kind']>(answering, question.kind, question) });
    } catch (error) {
      send({ kind: 'failure', id, why: messageOf(error) });
    }
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'unusable', why: messageOf(error) });
}
