/** A proxy, or a variable of the frontend, leads to a port that no service has. */
import { t } from '../../wording/l10n';
import { openAt } from '../openAt';
import { openConfig } from '../actions';
import { value } from '../ask';
import type { Code } from '../codes';
import type { Facts } from '../facts';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import type { Reference } from '../../workspaceFiles/reference';
import { isOnPort, leadsNowhere as sayLeadsNowhere } from '../../workspaceFiles/words';

const mismatch = (code: Code, kind: Reference['kind']): Rule => ({
  code,
  find: (facts) =>
    references(facts)
      .filter((reference) => reference.kind === kind && leadsNowhere(facts, reference.port))
      .map((reference) => verdict(facts, reference)),
});

export const proxyMismatch = mismatch('proxy-mismatch', 'proxy');
export const envMismatch = mismatch('env-mismatch', 'env');

/** Nobody listens there, and no service is meant to. A port that could not be tried gives no alarm. */
function leadsNowhere(facts: Facts, port: number): boolean {
  const open = facts.ports.get(port)?.isOpen;
  const isExpected = [facts.spec, ...facts.others.map(({ spec }) => spec)].some((spec) => spec.port === port);
  return open?.kind === 'known' && !open.value && !isExpected;
}

function verdict(facts: Facts, reference: Reference): Verdict {
  const { port, file, offset, url } = reference;
  const backends = facts.others.filter(({ spec }) => spec.role === 'backend' && spec.port !== undefined);
  const meant = backends.map(({ spec }) => isOnPort(spec.key, spec.port)).join(', ');
  return {
    severity: 'warning',
    title: sayLeadsNowhere(reference, meant),
    detail: t('Correct the port in the file, or in services.json.'),
    evidence: [`${file}: ${url}`, t('Nothing listens on port {0}.', port)],
    actions: [openAt(file, value(facts.files)?.texts.get(file) ?? '', offset), openConfig(facts.spec.id)],
  };
}
