/** Reads logs and events for a reply. */
import type { Arguments } from '../../core/agents/arguments';
import { lastThatFit, maxReplyCharacters } from '../../core/agents/cut';
import type { EventsReply } from '../../core/agents/outcome';
import { timeOf } from '../../core/agents/row';
import type { Clean } from '../../core/agents/row';
import type { Service } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { identityOf } from '../../core/model/identity';
import type { Called, EngineParts } from './engineParts';
import type { EventLog } from './eventLog';

export interface Source {
  readonly service: Service;
  readonly clean: Clean;
}

const defaultTail = 100;

/** Refused for a cursor or a search that cannot be understood. */
export function readLogs(
  sources: readonly Source[],
  given: Arguments,
  { logs, search }: Pick<EngineParts, 'logs' | 'search'>,
): Called {
  const since = cursorIn(given['since'], logs.last);
  if (since === 'invalid') return invalidCursor('services_logs');
  const cursor = String(logs.last);
  const read = sources.map(({ service, clean }) => ({ service, clean, ...logs.read(identityOf(service.spec), since) }));
  const dropped = read.reduce((sum, each) => sum + each.dropped, 0);
  const all = read
    .flatMap(({ service, clean, lines }) => lines.map((line) => ({ ...line, service: service.spec.id, clean })))
    .sort((a, b) => a.seq - b.seq);
  const found = matching(all, given['search'], search);
  if (found === undefined)
    return { kind: 'refused', problem: 'services_logs: "search" is an invalid expression, or takes too long to match.' };
  const tail = typeof given['tail'] === 'number' ? given['tail'] : defaultTail;
  const shown = found
    .slice(-tail)
    .map(({ at, service, run, text, clean }) => ({ at: timeOf(at), service, run, text: clean(text) }));
  const { kept, left } = lastThatFit(
    shown,
    maxReplyCharacters,
    ({ text, service, run }) => text.length + service.length + run.length + 60,
  );
  const cut =
    left === 0 ? {} : { cut: `${left} older lines were left out to keep the reply short. Use search, or a smaller tail.` };
  return { kind: 'reply', reply: { lines: kept, cursor, dropped, ...cut } };
}

function matching<T extends { readonly text: string }>(
  lines: readonly T[],
  wanted: string | number | undefined,
  search: EngineParts['search'],
): readonly T[] | undefined {
  if (typeof wanted !== 'string' || wanted === '') return lines;
  const matches = search(
    lines.map(({ text }) => text),
    wanted,
  );
  return matches === undefined ? undefined : lines.filter((_, index) => matches[index] === true);
}

export function readEvents(sources: readonly Source[], given: Arguments, log: EventLog): EventsReply {
  const since = cursorIn(given['since'], log.last);
  const byIdentity = new Map(sources.map(({ service, clean }) => [identityOf(service.spec), clean]));
  const { events, dropped } = log.read(since === 'invalid' ? 0 : since);
  const shown = events.flatMap(({ at, service, identity, seq, what, by, reason, verdict }) => {
    const clean = byIdentity.get(identity);
    if (clean === undefined) return [];
    const words = defined({ by, reason: reason === undefined ? undefined : clean(reason), verdict });
    return [{ at: timeOf(at), service, what, ...words, cursor: String(seq) }];
  });
  const { kept, left } = lastThatFit(shown, maxReplyCharacters, (event) => JSON.stringify(event).length);
  return { events: kept, cursor: String(log.last), dropped: dropped + left };
}

/** An empty one means from now on. */
function cursorIn(written: string | number | undefined, last: number): number | 'invalid' {
  if (written === undefined) return 0;
  if (written === '') return last;
  return typeof written === 'string' && /^\d{1,16}$/.test(written) ? Number(written) : 'invalid';
}

const invalidCursor = (name: string): Called => ({
  kind: 'refused',
  problem: `${name}: "since" must be a cursor of an earlier reply, or empty.`,
});
