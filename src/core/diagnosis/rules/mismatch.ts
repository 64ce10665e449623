/** A proxy, or a variable of the frontend, points to a port that no service uses. */
import { briefNothingOn } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { openAt } from '../openAt';
import { openConfig } from '../actions';
import { value } from '../queries';
import type { Code } from '../codes';
import type { Facts } from '../facts';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import type { Reference } from '../../workspaceFiles/reference';
import { nothingListening, serviceOnPort } from '../../workspaceFiles/messages';

const mismatch = (code: Code, kind: Reference['kind']): Rule => ({
  code,
  find: (facts) =>
    references(facts)
      .filter((reference) => reference.kind === kind && isUnused(facts, reference.port))
      .map((reference) => verdict(facts, reference)),
});

export const proxyMismatch = mismatch('proxy-mismatch', 'proxy');
export const envMismatch = mismatch('env-mismatch', 'env');

/** Nothing is listening on the port, and no service is configured for it. A port that could not be tried is not reported. */
function isUnused(facts: Facts, port: number): boolean {
  const open = facts.ports.get(port)?.isOpen;
  const isExpected = [facts.spec, ...facts.others.map(({ spec }) => spec)].some((spec) => spec.port === port);
  return open?.kind === 'known' && !open.value && !isExpected;
}

function verdict(facts: Facts, reference: Reference): Verdict {
  const { port, file, offset, url } = reference;
  const backends = facts.others.flatMap(({ spec: { role, key, port: own } }) =>
    role === 'backend' && own !== undefined ? [serviceOnPort(key, own)] : [],
  );
  return {
    severity: 'warning',
    title: nothingListening(reference, backends),
    short: briefNothingOn(port),
    detail: t('Correct the port in the file, or in services.json.'),
    evidence: [`${file}: ${url}`, t('Nothing is listening on port {0}.', port)],
    actions: [openAt(file, value(facts.files)?.texts.get(file) ?? '', offset), openConfig(facts.spec.id)],
  };
}
