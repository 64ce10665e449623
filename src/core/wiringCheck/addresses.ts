/** Proxies and variables of a frontend that lead to a port where nobody is. */
import { nameOf } from '../workspaceFiles/paths';
import { envReferences } from '../workspaceFiles/envFile';
import { proxiesIn } from '../workspaceFiles/proxies';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { isOnPort, leadsNowhere } from '../workspaceFiles/words';
import { t } from '../wording/l10n';
import { databaseMeant } from './databases';
import { isNobodys } from './known';
import { meantBy } from './meant';
import { mayBeOverridden } from './overrides';
import type { WiringFix, WiringProblem } from './problem';
import { takesPort } from './scene';
import type { Scene, Server } from './scene';

export const addressProblems = (scene: Scene): readonly WiringProblem[] =>
  [...scene.texts].flatMap(([file, text]) => {
    const references = isEnvFile(nameOf(file)) ? envReferences(file, text) : proxiesIn(file, text);
    return references.flatMap((reference) => judge(reference, references, scene));
  });

function judge(reference: Reference, others: readonly Reference[], scene: Scene): readonly WiringProblem[] {
  const { kind, port, file, offset, length } = reference;
  const meant = kind === 'database' ? databaseMeant(reference, scene) : meantBy(reference, others, scene);
  if (meant === undefined || (kind !== 'proxy' && mayBeOverridden(reference, scene)) || !isNobodys(port, scene)) return [];
  return [
    {
      code: kind === 'proxy' ? 'proxy-mismatch' : 'env-mismatch',
      file,
      range: { offset, length },
      message: leadsNowhere(reference, isOnPort(meant.spec.key, meant.port)),
      fixes: fixesFor(reference, meant),
    },
  ];
}

const fixesFor = ({ offset, length, port }: Reference, { spec, port: right }: Server): readonly WiringFix[] => [
  { kind: 'edit', title: t('Use port {0}, where {1} is', right, spec.key), range: { offset, length }, text: String(right) },
  ...movedTo(port, spec),
];

/** The other way round; of use only where the service listens where services.json says. */
export const movedTo = (port: number, spec: Server['spec']): readonly WiringFix[] =>
  takesPort(spec)
    ? [{ kind: 'setPort', title: t('Set the port of {0} to {1} in services.json', spec.key, port), service: spec.id, port }]
    : [];
