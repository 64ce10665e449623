/** The proxy of a frontend reaches the backend of another worktree, clone or copy of its repository. */
import { brief } from '../../wording/brief';
import { describeOwner } from '../../wording/owners';
import { t } from '../../wording/l10n';
import { diagnoseService, openConfig, useFreePort } from '../actions';
import { isCopy } from '../copies';
import type { Facts, ProxiedServer } from '../facts';
import type { FindingAction } from '../finding';
import { openAt } from '../openAt';
import { value } from '../queries';
import { references } from '../references';
import type { Rule } from '../rule';

export const staleWorktreeApi: Rule = {
  code: 'stale-worktree-api',
  explains: ['proxy-mismatch'],
  find: (facts) =>
    proxiedServers(facts)
      .filter(({ own, checkout }) => isCopy(own, checkout))
      .map((server) => ({
        severity: 'warning' as const,
        title: titleOf(facts, server),
        short: brief(() => t('Proxy: other checkout')),
        detail: t(
          'Requests to port {0} are answered by other code than you edit here. Start the backend of this copy on a port of its own, and use that port in the proxy.',
          server.port,
        ),
        evidence: [t('Port {0}: {1}', server.port, describeOwner(server.owner)), t('This copy: {0}', server.own.root)],
        actions: actionsOn(facts, server.port),
      })),
};

const proxiedServers = ({ proxied }: Facts): readonly ProxiedServer[] => (proxied?.kind === 'known' ? proxied.value : []);

function titleOf({ spec: { key } }: Facts, { port, checkout: { root, branch } }: ProxiedServer): string {
  return branch === undefined
    ? t('The proxy of {0} reaches another copy of this repository on port {1}: {2}.', key, port, root)
    : t('The proxy of {0} reaches another copy of this repository on port {1}: {2} (branch {3}).', key, port, root, branch);
}

/** The backend of this copy, which cannot run there, then the place of the address. */
function actionsOn(facts: Facts, port: number): readonly FindingAction[] {
  const backend = facts.others.find(({ spec }) => spec.port === port)?.spec;
  const places = references(facts).filter((each) => each.kind === 'proxy' && each.port === port);
  return [
    ...(backend === undefined ? [] : [diagnoseService(backend.id, backend.key), useFreePort(backend.id)]),
    ...places.slice(0, 1).map(({ file, offset }) => openAt(file, value(facts.files)?.texts.get(file) ?? '', offset)),
    openConfig(facts.spec.id),
  ];
}
