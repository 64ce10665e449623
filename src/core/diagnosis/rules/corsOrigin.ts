/** The backend does not allow the origin of the frontend, so the browser blocks its requests. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openAt } from '../openAt';
import { alive, value } from '../queries';
import type { Facts } from '../facts';
import { textsOf } from '../references';
import type { Rule } from '../rule';
import { originsIn } from '../../workspaceFiles/cors';
import type { AllowedOrigins } from '../../workspaceFiles/cors';
import { referencesIn } from '../../workspaceFiles/wiring';
import { originNotAllowed } from '../../workspaceFiles/messages';

interface Server {
  readonly key: string;
  readonly cwd: string;
  readonly port: number;
}

export const corsOrigin: Rule = {
  code: 'cors-origin',
  find(facts) {
    const files = value(facts.files);
    if (files === undefined) return [];
    const { backends, frontends } = serversOf(facts);
    return backends.flatMap((backend) =>
      originsOf(facts, backend.cwd).flatMap((allowed) =>
        frontends
          .filter((frontend) => isBlocked(allowed, frontend) && !usesProxy(facts, frontend, backend))
          .map((frontend) => ({
            severity: 'warning' as const,
            title: originNotAllowed(backend.key, `http://localhost:${frontend.port}`, frontend.key),
            short: brief(() => t('CORS blocks port {0}', frontend.port)),
            detail: t(
              'The browser blocks requests from {0} (CORS). Add it to the allowed origins.',
              `http://localhost:${frontend.port}`,
            ),
            evidence: [`${allowed.file}: ${allowed.origins.join(', ')}`],
            actions: [openAt(allowed.file, files.texts.get(allowed.file) ?? '', allowed.offset)],
          })),
      ),
    );
  },
};

/** Returns only pairs that include the diagnosed service. */
function serversOf(facts: Facts): { readonly backends: readonly Server[]; readonly frontends: readonly Server[] } {
  const others = facts.others.flatMap(({ spec, state, cwd }) =>
    serverOf(spec, cwd, 'printedPort' in state.lifecycle ? state.lifecycle.printedPort : undefined),
  );
  const living = alive(facts);
  const [own] = serverOf(facts.spec, facts.cwd, living !== undefined && 'printedPort' in living ? living.printedPort : undefined);
  const othersAs = (role: string): readonly Server[] => others.filter((other) => other.role === role);
  if (own?.role === 'backend') return { backends: [own], frontends: othersAs('frontend') };
  return own?.role === 'frontend' ? { backends: othersAs('backend'), frontends: [own] } : { backends: [], frontends: [] };
}

const serverOf = ({ key, role, port }: Facts['spec'], cwd: string, printed: number | undefined) =>
  port === undefined ? [] : [{ key, role, cwd, port: printed ?? port }];

const originsOf = (facts: Facts, folder: string): readonly AllowedOrigins[] =>
  [...textsOf(facts, folder)].flatMap(([file, text]) => originsIn(file, text));

/** Whether the list allows origins of this machine, but not this one. A list for a deployed site says nothing about development. */
function isBlocked({ origins }: AllowedOrigins, { port }: Server): boolean {
  const local = origins.filter((origin) => /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin));
  return local.length > 0 && !local.some((origin) => origin.endsWith(`:${port}`));
}

/** A frontend that sends its requests through a proxy needs no CORS. */
const usesProxy = (facts: Facts, frontend: Server, backend: Server): boolean =>
  referencesIn(textsOf(facts, frontend.cwd), frontend.cwd).some(({ kind, port }) => kind === 'proxy' && port === backend.port);
