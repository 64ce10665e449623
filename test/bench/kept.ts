/** How much memory the kept output of services takes that log long lines. */
import { Listening } from '../../src/app/run/listening';
import { serviceSpec } from '../support/fakes/specs';
import { heapMegabytes } from './inside/gauge';
import { atMost, figure } from './row';
import type { Row } from './row';

const services = 10;
const linesEach = 250;
const lineCharacters = 60_000;
/** How VS Code delivers output. */
const chunkCharacters = 65_536;
const maxMegabytes = 0.5;

/** Per service, while all of them are kept. */
export function keptRow(): Row {
  const before = heapMegabytes();
  const kept = Array.from({ length: services }, (_, at) => logged(at));
  const each = (heapMegabytes() - before) / services;
  const lines = kept.map((listening) => listening.lines().length);
  if (Math.min(...lines) < 100) throw new Error(`Only ${Math.min(...lines)} lines were kept.`);
  return {
    what: `kept output of a service with JSON lines of ${lineCharacters / 1000} KB`,
    unit: 'MB',
    ours: figure([each]),
    peers: [],
    goal: `<= ${maxMegabytes}`,
    met: atMost(each, maxMegabytes),
  };
}

function logged(at: number): Listening {
  const spec = serviceSpec(`s${at}`, { readyLine: { kind: 'text', text: 'never' } });
  const listening = new Listening({ run: `run-${at}`, spec, now: () => 0, report: () => undefined, keep: () => undefined });
  let waiting = '';
  for (let line = 0; line < linesEach; line += 1) {
    waiting += `${JSON.stringify({ at, line, text: 'x'.repeat(lineCharacters) })}\r\n`;
    while (waiting.length >= chunkCharacters) {
      // As it comes over a socket: a string of its own.
      listening.wrote(Buffer.from(waiting.slice(0, chunkCharacters)).toString());
      waiting = waiting.slice(chunkCharacters);
    }
  }
  return listening;
}
