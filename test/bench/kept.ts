/** How much memory the kept output of services takes: of those that log long lines, and of the store that logs and agents read. */
import { Listening } from '../../src/app/run/listening';
import { logLimits, LogStore } from '../../src/core/output/logStore';
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

/** Lines as a web server writes them, with colours. */
const storedCharacters = 100;
/** What the store itself allows for the texts of a service, and their times and runs. */
const maxStoreMegabytes = logLimits.bytes / 1024 / 1024 + 1;

/** Per service, with as many lines as the store keeps. */
export function storeRow(): Row {
  const texts = Array.from({ length: 50 }, (_, at) => `\u001b[32mINFO\u001b[0m ${at} ${'x'.repeat(storedCharacters)}\r\n`);
  return rowOf(`${logLimits.lines} colored lines`, texts.join(''), 50);
}

/** Each chunk has a short line, and a long one of which only the beginning is kept. */
export const longLinesRow = (): Row =>
  rowOf(`lines of ${lineCharacters / 1000} KB`, `INFO request 4711 took 12 ms\r\n${'x'.repeat(lineCharacters)}\r\n`, 2);

/** `lines` is how many lines the chunk has. */
function rowOf(what: string, chunk: string, lines: number): Row {
  const before = heapMegabytes();
  const store = new LogStore();
  for (let service = 0; service < services; service += 1) fill(store, `s${service}`, chunk, lines);
  const each = (heapMegabytes() - before) / services;
  const kept = store.read('s0').lines.length;
  if (kept < 1000) throw new Error(`${kept} lines were kept.`);
  return {
    what: `store of ${what} of a service`,
    unit: 'MB',
    ours: figure([each]),
    peers: [],
    goal: `<= ${maxStoreMegabytes}`,
    met: atMost(each, maxStoreMegabytes),
  };
}

function fill(store: LogStore, key: string, chunk: string, lines: number): void {
  const keep = (texts: Parameters<LogStore['append']>[2]): void => store.append(key, 'run', texts, Date.now());
  const listening = new Listening({ run: 'run', spec: serviceSpec(key), now: () => 0, report: () => undefined, keep });
  // As it comes over a socket: a string of its own.
  for (let line = 0; line < logLimits.lines * 2; line += lines) listening.wrote(Buffer.from(chunk).toString());
}
