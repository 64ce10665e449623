/** What the log on a page and the extension exchange. Texts are of services: they may hold anything but line feeds. */
import { isPosition, isTexts, messageIn } from '../webview/pageMessage';
import type { PackedLines } from './packedLines';

/** A service as the log shows it. */
export interface LogService {
  readonly id: string;
  readonly name: string;
  /** The state in words of the display language. */
  readonly state: string;
  readonly actions: readonly LogAction[];
}

export type LogAction = 'start' | 'stop' | 'restart' | 'showTerminal';

export type LogToPage =
  /** Everything that is kept of the chosen services, instead of what was there. */
  | {
      readonly kind: 'log.snapshot';
      /** All services of the workspace. */
      readonly services: readonly LogService[];
      readonly chosen: readonly string[];
      /** The latest `count` of `log.choose` that the extension knew; 0 without one. */
      readonly answers: number;
      readonly lines: PackedLines;
    }
  /** What has changed since. */
  | {
      readonly kind: 'log.update';
      /** All services, when one of them has changed. */
      readonly services?: readonly LogService[];
      /** What the chosen services have written. */
      readonly lines?: PackedLines;
      /** How many lines before these were too many to be sent. */
      readonly skipped: number;
    }
  /** Show what was written at this moment (ms since the epoch). */
  | { readonly kind: 'log.moment'; readonly at: number };

export type LogToHost =
  /** An empty list chooses all services; the first choice of a page has the count 1. */
  | { readonly kind: 'log.choose'; readonly services: readonly string[]; readonly count: number }
  | { readonly kind: 'log.act'; readonly action: LogAction; readonly service: string }
  | { readonly kind: 'log.openUrl'; readonly url: string }
  | {
      readonly kind: 'log.openFile';
      readonly service: string;
      readonly path: string;
      readonly line?: number;
      readonly column?: number;
    }
  | { readonly kind: 'log.copy'; readonly text: string }
  | { readonly kind: 'log.openText'; readonly text: string };

/** Undefined for what is none of these messages. */
export function readLogMessage(value: unknown): LogToHost | undefined {
  const message = messageIn(value);
  const kind = message?.['kind'];
  const read = typeof kind === 'string' ? readers.get(kind) : undefined;
  return message === undefined ? undefined : read?.(message);
}

type Fields = Readonly<Record<string, unknown>>;

const isAction = (value: unknown): value is LogAction =>
  value === 'start' || value === 'stop' || value === 'restart' || value === 'showTerminal';

const readers: ReadonlyMap<string, (fields: Fields) => LogToHost | undefined> = new Map(
  Object.entries<(fields: Fields) => LogToHost | undefined>({
    'log.choose': ({ services, count }) =>
      isTexts(services) && isPosition(count) ? { kind: 'log.choose', services, count } : undefined,
    'log.act': ({ action, service }) =>
      isAction(action) && typeof service === 'string' ? { kind: 'log.act', action, service } : undefined,
    'log.openUrl': ({ url }) => (typeof url === 'string' && /^https?:\/\//.test(url) ? { kind: 'log.openUrl', url } : undefined),
    'log.openFile': ({ service, path, line, column }) =>
      typeof service === 'string' && typeof path === 'string' && path !== ''
        ? {
            ...{ kind: 'log.openFile', service, path },
            ...(isPosition(line) && { line }),
            ...(isPosition(column) && { column }),
          }
        : undefined,
    'log.copy': ({ text }) => (typeof text === 'string' ? { kind: 'log.copy', text } : undefined),
    'log.openText': ({ text }) => (typeof text === 'string' ? { kind: 'log.openText', text } : undefined),
  }),
);
