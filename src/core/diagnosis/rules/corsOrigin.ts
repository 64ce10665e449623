/** The backend does not admit the address that the frontend has: the browser blocks its requests. */
import { t } from '../../wording/l10n';
import { openAt } from '../openAt';
import { alive, value } from '../ask';
import type { Facts } from '../facts';
import { textsOf } from '../references';
import type { Rule } from '../rule';
import { originsIn } from '../../workspaceFiles/cors';
import type { AllowedOrigins } from '../../workspaceFiles/cors';
import { referencesIn } from '../../workspaceFiles/wiring';
import { notAdmitted } from '../../workspaceFiles/words';

interface Party {
  readonly key: string;
  readonly cwd: string;
  readonly port: number;
}

export const corsOrigin: Rule = {
  code: 'cors-origin',
  find(facts) {
    const files = value(facts.files);
    if (files === undefined) return [];
    const parties = partiesOf(facts);
    return parties.backends.flatMap((backend) =>
      originsOf(facts, backend.cwd).flatMap((allowed) =>
        parties.frontends
          .filter((frontend) => isBlocked(allowed, frontend) && !usesProxy(facts, frontend, backend))
          .map((frontend) => ({
            severity: 'warning' as const,
            title: notAdmitted(backend.key, `http://localhost:${frontend.port}`, frontend.key),
            detail: t(
              'The browser blocks its requests (CORS). Add {0} to the allowed origins.',
              `http://localhost:${frontend.port}`,
            ),
            evidence: [`${allowed.file}: ${allowed.origins.join(', ')}`],
            actions: [openAt(allowed.file, files.texts.get(allowed.file) ?? '', allowed.offset)],
          })),
      ),
    );
  },
};

/** Only pairs of which the diagnosed service is one. */
function partiesOf(facts: Facts): { readonly backends: readonly Party[]; readonly frontends: readonly Party[] } {
  const others = facts.others.flatMap(({ spec, state, cwd }) =>
    partyOf(spec, cwd, 'printedPort' in state.lifecycle ? state.lifecycle.printedPort : undefined),
  );
  const living = alive(facts);
  const [own] = partyOf(facts.spec, facts.cwd, living !== undefined && 'printedPort' in living ? living.printedPort : undefined);
  const of = (role: string): readonly Party[] => others.filter((party) => party.role === role);
  if (own?.role === 'backend') return { backends: [own], frontends: of('frontend') };
  return own?.role === 'frontend' ? { backends: of('backend'), frontends: [own] } : { backends: [], frontends: [] };
}

const partyOf = ({ key, role, port }: Facts['spec'], cwd: string, printed: number | undefined) =>
  port === undefined ? [] : [{ key, role, cwd, port: printed ?? port }];

const originsOf = (facts: Facts, folder: string): readonly AllowedOrigins[] =>
  [...textsOf(facts, folder)].flatMap(([file, text]) => originsIn(file, text));

/** It admits addresses of this machine, and not this one: a list for a deployed site says nothing about development. */
function isBlocked({ origins }: AllowedOrigins, { port }: Party): boolean {
  const local = origins.filter((origin) => /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin));
  return local.length > 0 && !local.some((origin) => origin.endsWith(`:${port}`));
}

/** A frontend that proxies to the backend sends its requests from one origin. */
const usesProxy = (facts: Facts, frontend: Party, backend: Party): boolean =>
  referencesIn(textsOf(facts, frontend.cwd), frontend.cwd).some(({ kind, port }) => kind === 'proxy' && port === backend.port);
