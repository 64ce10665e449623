/** Finds proxies and variables of a frontend that point to an unclaimed port. */
import { nameOf } from '../workspaceFiles/paths';
import { envReferences } from '../workspaceFiles/envFile';
import { proxiesIn } from '../workspaceFiles/proxies';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { nothingListening, serviceOnPort } from '../workspaceFiles/messages';
import { t } from '../wording/l10n';
import { intendedDatabase } from './databases';
import { isUnclaimed } from './portUse';
import { intendedServer } from './intended';
import { mayBeOverridden } from './overrides';
import type { WiringFix, WiringProblem } from './problem';
import { takesPort } from './context';
import type { WiringContext, Server } from './context';

export const addressProblems = (context: WiringContext): readonly WiringProblem[] =>
  [...context.texts].flatMap(([file, text]) => {
    const references = isEnvFile(nameOf(file)) ? envReferences(file, text) : proxiesIn(file, text);
    return references.flatMap((reference) => judge(reference, references, context));
  });

function judge(reference: Reference, others: readonly Reference[], context: WiringContext): readonly WiringProblem[] {
  const { kind, port, file, offset, length } = reference;
  const intended = kind === 'database' ? intendedDatabase(reference, context) : intendedServer(reference, others, context);
  if (intended === undefined || (kind !== 'proxy' && mayBeOverridden(reference, context)) || !isUnclaimed(port, context))
    return [];
  return [
    {
      code: kind === 'proxy' ? 'proxy-mismatch' : 'env-mismatch',
      file,
      range: { offset, length },
      message: nothingListening(reference, [serviceOnPort(intended.spec.key, intended.port)]),
      fixes: fixesFor(reference, intended),
    },
  ];
}

const fixesFor = ({ offset, length, port }: Reference, { spec, port: right }: Server): readonly WiringFix[] => [
  { kind: 'edit', title: t('Use port {0} of {1}', right, spec.key), range: { offset, length }, text: String(right) },
  ...moveServiceTo(port, spec),
];

/** Offers to change services.json instead. This helps only where the service takes its port from there. */
export const moveServiceTo = (port: number, spec: Server['spec']): readonly WiringFix[] =>
  takesPort(spec)
    ? [{ kind: 'setPort', title: t('Set the port of {0} to {1} in services.json', spec.key, port), service: spec.id, port }]
    : [];
