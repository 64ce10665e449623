/** The service is up, but the path of its health check was inferred and not tried, and is wrong or requires a login. */
import { briefWrongPath } from '../../wording/briefFailure';
import { explainWrongPath } from '../../wording/explainProbe';
import { t } from '../../wording/l10n';
import { changeHealth, openConfig } from '../actions';
import { doubtfulStatus } from '../../model/unprovenPath';
import { alive } from '../queries';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import type { Rule } from '../rule';

export const healthPath: Rule = {
  code: 'health-path',
  find(facts) {
    const { probe, id } = facts.spec;
    const status = doubtfulStatus(probe, alive(facts)?.health ?? { kind: 'none' });
    if (probe?.target.kind !== 'http' || status === undefined) return [];
    const { address } = probe.target;
    const { respondingPath } = facts.probes;
    return [
      {
        severity: 'warning',
        title: explainWrongPath(probe, status),
        short: briefWrongPath(probe, status),
        detail: detail(status, respondingPath),
        evidence: [
          t('{0}: HTTP {1}', address, status),
          ...(respondingPath === undefined ? [] : [t('{0}: responds with success', respondingPath)]),
        ],
        actions: [...corrections(facts, status), openConfig(id)],
      },
    ];
  },
};

function detail(status: number, responding: string | undefined): string {
  if (responding !== undefined)
    return t('The path was found in the files and was not tried. {0} responds without a login.', responding);
  return status === 404
    ? t(
        'The path was found in the files and was not tried. No other usual path responds: use a path of the server, or only its port.',
      )
    : t('The path was found in the files and was not tried. It requires a login: accept the status, or check only the port.');
}

function corrections({ spec, probes }: Facts, status: number): readonly FindingAction[] {
  const { port } = spec;
  const { respondingPath: path } = probes;
  const use = path === undefined ? [] : [changeHealth(t('Use {0} as Health Path', path), spec, { path })];
  const accept = status === 404 ? [] : [changeHealth(t('Accept Status {0}', status), spec, { accept: status })];
  const only = port === undefined ? [] : [changeHealth(t('Check Only the Port'), spec, { tcp: port })];
  return [...use, ...accept, ...only];
}
