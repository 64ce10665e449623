/** Matches expressions of the user in a worker, which is ended when one takes too long: an expression has no time limit of its own. */
import type { Range } from '../../core/logs/query';
import type { SearchPorts } from '../../core/logs/logSearch';

/** Of one part of a search (ms). */
const timeoutMs = 3000;

/** Runs in the worker; it is passed as text, so it uses nothing from outside. */
const program = `
onmessage = ({ data: { source, flags, texts } }) => {
  const expression = new RegExp(source, flags + 'g');
  postMessage(texts.map((text) => {
    expression.lastIndex = 0;
    const ranges = [];
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      if (ranges.length < 50) ranges.push([match.index, match.index + match[0].length]);
      else break;
      if (match[0] === '') expression.lastIndex += 1;
    }
    return ranges.length === 0 ? undefined : ranges;
  }));
};
`;

type Match = SearchPorts['match'];

export class ExpressionWorker {
  #worker: Worker | undefined;

  readonly match: Match = ({ source, flags }, texts) => {
    const worker = (this.#worker ??= create());
    return new Promise((resolve) => {
      const end = (): void => {
        worker.terminate();
        if (this.#worker === worker) this.#worker = undefined;
        resolve(undefined);
      };
      const timer = setTimeout(end, timeoutMs);
      worker.onerror = end;
      worker.onmessage = ({ data }: MessageEvent<readonly (readonly Range[] | undefined)[]>) => {
        clearTimeout(timer);
        resolve(data);
      };
      worker.postMessage({ source, flags, texts });
    });
  };
}

function create(): Worker {
  const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  return worker;
}
