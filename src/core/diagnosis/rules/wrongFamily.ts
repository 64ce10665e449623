/** It listens on 127.0.0.1 or on ::1 alone, and somebody asks the other. */
import { t } from '../../wording/l10n';
import type { Listener } from '../../model/process';
import { openConfig } from '../actions';
import { alive, isAnyAddress, isLoopback, listenersOf, ownOutcome, place, value } from '../ask';
import { listens } from '../evidence';
import type { Facts } from '../facts';
import { linesOf, quoted, told } from '../output';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import { openAt } from '../openAt';

export const wrongFamily: Rule = {
  code: 'wrong-family',
  explains: ['not-listening', 'probe-failed'],
  find: (facts) => [...askedHere(facts), ...askedThere(facts)],
};

/** The service's own addresses name a family on which it does not listen. */
function askedHere(facts: Facts): readonly Verdict[] {
  const { port, key, id } = facts.spec;
  if (port === undefined || alive(facts) === undefined) return [];
  const only = onlyFamily(listenersOf(facts));
  if (only === undefined) return [];
  const asked = literals(facts, port).find(({ host }) => familyOf(host) !== only);
  if (asked === undefined || (ownOutcome(facts)?.ok === true && asked.name === 'health')) return [];
  return [
    {
      severity: 'error',
      title: t('{0} listens only on {1}, but "{2}" asks {3}.', key, loopback[only], asked.name, asked.host),
      detail: t('Write localhost in "{0}", or let the server listen on both (--host 0.0.0.0 for IPv4, :: for both).', asked.name),
      evidence: [...listenersOf(facts).map(listens), `${asked.name}: ${asked.url}`],
      actions: [openConfig(id)],
    },
  ];
}

/** What it sends requests to listens on the other family: its files name it, or its output says who refused. */
function askedThere(facts: Facts): readonly Verdict[] {
  const files = value(facts.files);
  const written = references(facts).map(({ port, host, file, offset, url }) => ({
    ...{ port, host },
    evidence: t('{0} leads to {1}', file, url),
    action: openAt(file, files?.texts.get(file) ?? '', offset),
  }));
  const said = told(linesOf(facts), 'refused', 'database').map(({ groups, line }) => ({
    ...{ port: Number(groups['port']), host: groups['host'] ?? '' },
    evidence: quoted(line),
    action: undefined,
  }));
  const wrong = [...written, ...said].find(({ port, host }) => {
    const only = onlyFamily(value(facts.ports.get(port)?.listeners ?? { kind: 'unavailable', why: '' }) ?? []);
    return only !== undefined && familyOf(host) !== undefined && familyOf(host) !== only && port !== facts.spec.port;
  });
  if (wrong === undefined) return [];
  const listeners = value(facts.ports.get(wrong.port)?.listeners ?? { kind: 'unavailable', why: '' }) ?? [];
  const shown = listeners.map(place).join(', ');
  const name = facts.others.find(({ spec }) => spec.port === wrong.port)?.spec.key ?? t('what serves port {0}', wrong.port);
  return [
    {
      severity: 'error',
      title: t('{0} asks {1}, but {2} listens only on {3}.', facts.spec.key, `${wrong.host}:${wrong.port}`, name, shown),
      detail: t('Name the address that {0} has, or let it listen on both.', name),
      evidence: [wrong.evidence, ...listeners.map(listens)],
      actions: wrong.action === undefined ? [] : [wrong.action],
    },
  ];
}

const loopback = { 4: '127.0.0.1', 6: '::1' } as const;

/** 4 or 6 when all that listen do so on the loopback address of that family; a dual-stack `::` serves both. */
function onlyFamily(listeners: readonly Listener[]): 4 | 6 | undefined {
  if (listeners.length === 0 || listeners.some(({ address }) => isAnyAddress(address) || !isLoopback(address))) return undefined;
  const families = new Set(listeners.map(({ address, family }) => (address.startsWith('::ffff:') ? 4 : family)));
  return families.size === 1 ? [...families][0] : undefined;
}

/** `localhost` may mean either, and browsers try both. */
const familyOf = (host: string): 4 | 6 | undefined => {
  if (host.startsWith('127.') || host === '0.0.0.0') return 4;
  return host === '::1' || host === '::' ? 6 : undefined;
};

function literals(facts: Facts, port: number): readonly { readonly name: string; readonly url: string; readonly host: string }[] {
  const { probe, url, checks } = facts.spec;
  const health = probe?.target.kind === 'http' ? probe.target.address : undefined;
  const named = [
    { name: 'health', url: health },
    { name: 'url', url },
    ...checks.map((check) => ({ name: `checks: ${check.name}`, url: check.http })),
  ];
  return named.flatMap(({ name, url: text }) => {
    const found = /^https?:\/\/(\[[^\]]*\]|[^:/?#]+):(\d+)/i.exec(text ?? '');
    const host = found?.[1]?.replace(/^\[|\]$/g, '');
    if (host === undefined || Number(found?.[2]) !== port || familyOf(host) === undefined) return [];
    return [{ name, url: text ?? '', host }];
  });
}
