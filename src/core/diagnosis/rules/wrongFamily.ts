/** The service is listening only on 127.0.0.1 or only on ::1, and the other address is used. */
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import type { Listener } from '../../model/process';
import { openConfig } from '../actions';
import { alive, isAnyAddress, isLoopback, listenersOf, ownOutcome, place, value } from '../queries';
import { listens } from '../evidence';
import { unreachedServer } from '../signatures/signatures';
import type { Facts } from '../facts';
import { linesOf, quoted, matchSignatures } from '../output';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import { openAt } from '../openAt';

export const wrongFamily: Rule = {
  code: 'wrong-family',
  explains: ['not-listening', 'probe-failed'],
  find: (facts) => [...ownAddresses(facts), ...targetAddresses(facts)],
};

/** The configured addresses of the service use a family on which it is not listening. */
function ownAddresses(facts: Facts): readonly Verdict[] {
  const { port, key, id } = facts.spec;
  if (port === undefined || alive(facts) === undefined) return [];
  const only = onlyFamily(listenersOf(facts));
  if (only === undefined) return [];
  const asked = literals(facts, port).find(({ host }) => familyOf(host) !== only);
  if (asked === undefined || (ownOutcome(facts)?.ok === true && asked.name === 'health')) return [];
  return [
    {
      severity: 'error',
      title: t('{0} is listening only on {1}, but "{2}" uses {3}.', key, loopback[only], asked.name, asked.host),
      detail: t('Use localhost in "{0}", or make the server listen on both (--host 0.0.0.0 for IPv4, :: for both).', asked.name),
      evidence: [...listenersOf(facts).map(listens), `${asked.name}: ${asked.url}`],
      actions: [openConfig(id)],
    },
  ];
}

/** A server that it sends requests to is listening on the other family. Its files or its output name the address. */
function targetAddresses(facts: Facts): readonly Verdict[] {
  const files = value(facts.files);
  const written = references(facts).map(({ port, host, file, offset, url }) => ({
    port,
    host,
    evidence: t('{0} points to {1}', file, url),
    action: openAt(file, files?.texts.get(file) ?? '', offset),
  }));
  const printed = matchSignatures(linesOf(facts), 'refused', 'database').map((match) => ({
    ...unreachedServer(match),
    evidence: quoted(match.line),
    action: undefined,
  }));
  const wrong = [...written, ...printed].find(({ port, host }) => {
    const only = onlyFamily(value(facts.ports.get(port)?.listeners ?? { kind: 'unavailable', why: '' }) ?? []);
    return only !== undefined && familyOf(host) !== undefined && familyOf(host) !== only && port !== facts.spec.port;
  });
  if (wrong === undefined) return [];
  const listeners = value(facts.ports.get(wrong.port)?.listeners ?? { kind: 'unavailable', why: '' }) ?? [];
  const shown = listOf(listeners.map(place), 'and');
  const name = facts.others.find(({ spec }) => spec.port === wrong.port)?.spec.key;
  const used = place({ address: wrong.host, port: wrong.port });
  return [
    {
      severity: 'error',
      title:
        name === undefined
          ? t('{0} connects to {1}, but the server is listening only on {2}.', facts.spec.key, used, shown)
          : t('{0} connects to {1}, but {2} is listening only on {3}.', facts.spec.key, used, name, shown),
      detail:
        name === undefined
          ? t('Use the address that the server is listening on, or make it listen on both.')
          : t('Use the address that {0} is listening on, or make it listen on both.', name),
      evidence: [wrong.evidence, ...listeners.map(listens)],
      actions: wrong.action === undefined ? [] : [wrong.action],
    },
  ];
}

const loopback = { 4: '127.0.0.1', 6: '::1' } as const;

/** Returns 4 or 6 when all listeners use the loopback address of that family; a dual-stack `::` serves both. */
function onlyFamily(listeners: readonly Listener[]): 4 | 6 | undefined {
  if (listeners.length === 0 || listeners.some(({ address }) => isAnyAddress(address) || !isLoopback(address))) return undefined;
  const families = new Set(listeners.map(({ address, family }) => (address.startsWith('::ffff:') ? 4 : family)));
  return families.size === 1 ? [...families][0] : undefined;
}

/** `localhost` has no family: it may mean either, and browsers try both. */
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
