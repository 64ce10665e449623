/** The service is listening only on loopback addresses, but is expected to be reachable from outside. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { openConfig } from '../actions';
import { alive, isLoopback, listenersOf, place, value } from '../queries';
import { listens } from '../evidence';
import type { Facts } from '../facts';
import { nameOf } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';
import { composePorts, isComposeFile } from '../../workspaceFiles/compose';

export const boundToLoopback: Rule = {
  code: 'bound-to-loopback',
  explains: ['probe-failed'],
  find(facts) {
    const { port, key, id } = facts.spec;
    const listeners = listenersOf(facts);
    if (port === undefined || alive(facts) === undefined || listeners.length === 0) return [];
    if (!listeners.every(({ address }) => isLoopback(address))) return [];
    const asked = outsideAddress(facts, port) ?? published(facts, port);
    if (asked === undefined) return [];
    const shown = listOf(listeners.map(place), 'and');
    return [
      {
        severity: 'warning',
        title: facts.host.inContainer
          ? t('{0} is reachable only from inside its container ({1}).', key, shown)
          : t('{0} is reachable only from this machine ({1}).', key, shown),
        short: facts.host.inContainer ? brief(() => t('Only inside the container')) : brief(() => t('Only on this machine')),
        detail: t(
          'Connections from outside are refused. Make it listen on all addresses: --host 0.0.0.0, or HOST=0.0.0.0 in "env".',
        ),
        evidence: [...listeners.map(listens), asked],
        actions: [openConfig(id)],
      },
    ];
  },
};

/**
 * Returns an address of the service that is not a loopback address. The hosts file may map a name to loopback, so a name counts only
 * where the probe failed.
 */
function outsideAddress({ spec, probes }: Facts, port: number): string | undefined {
  const failed = value(probes.own)?.outcome.ok === false;
  const health = spec.probe?.target.kind === 'http' && failed ? spec.probe.target.address : undefined;
  return [health, spec.url].find((text) => {
    const found = /^https?:\/\/(\[[^\]]*\]|[^:/?#]+):(\d+)/i.exec(text ?? '');
    const host = found?.[1]?.replace(/^\[|\]$/g, '') ?? '';
    const isNumber = /^\d+(?:\.\d+){3}$|:/.test(host);
    return Number(found?.[2]) === port && (isNumber || text === health) && !isLocal(host);
  });
}

const isLocal = (host: string): boolean => isLoopback(host) || /^(?:localhost|.*\.localhost|0\.0\.0\.0|::)$/.test(host);

/** Returns where Compose publishes the port of the container that VS Code runs in. */
function published(facts: Facts, port: number): string | undefined {
  if (!facts.host.inContainer) return undefined;
  for (const [file, text] of value(facts.files)?.texts ?? []) {
    if (!isComposeFile(nameOf(file))) continue;
    const found = composePorts(text).ports.find(({ target }) => target === port);
    if (found !== undefined) return t('{0}, line {1}: publishes port {2} as {3}', file, found.line, port, found.published);
  }
  return undefined;
}
