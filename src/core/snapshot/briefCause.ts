/** Why a service is not simply well or at rest, in at most 32 characters: one source for row, status bar, code lens, list and API. */
import { isPaused } from '../lifecycle/state';
import type { Lifecycle, Service } from '../lifecycle/state';
import { isPreparing } from '../model/health';
import type { MovedAddress } from '../model/movedAddress';
import type { Health, ProbeOutcome } from '../model/health';
import type { ServiceSpec } from '../model/service';
import { doubtfulStatus } from '../model/unprovenPath';
import { brief } from '../wording/brief';
import type { Brief } from '../wording/brief';
import { briefEnded, briefFailure, briefHang, briefProbe, briefStop, briefWrongPath } from '../wording/briefFailure';
import { t } from '../wording/l10n';
import { openQuestion } from './openQuestion';
import type { OpenQuestion } from './openQuestion';

/** Returns undefined when the words of the state are enough. The verdict of a diagnosis knows more than the state. */
export function briefCause({ spec, state: { lifecycle }, verdict, moved }: Service): string | undefined {
  const question = openQuestion(lifecycle);
  if (question !== undefined) return briefQuestion(question, spec)();
  if (isPaused(lifecycle)) return brief(() => t('Paused in the debugger'))();
  const own = oldAddress(lifecycle, moved) ?? ownCause(spec, lifecycle);
  return own === undefined || lifecycle.kind === 'stopped' || lifecycle.kind === 'starting' ? own?.() : (verdict?.short ?? own());
}

/** It may seem well, and reaches another server than it should, or none. */
function oldAddress({ kind }: Lifecycle, [first]: readonly MovedAddress[] = []): Brief | undefined {
  if (first === undefined || (kind !== 'starting' && kind !== 'running')) return undefined;
  return brief((name) => t('Old address of {0}', name), first.id);
}

function briefQuestion(question: OpenQuestion, { port }: ServiceSpec): Brief {
  switch (question) {
    case 'port':
      return brief(() => t('Needs you: port {0} in use', port ?? ''));
    case 'terminal':
      return brief(() => t('Needs you: see terminal'));
    case 'autoStart':
      return brief(() => t('Needs you: allow autostart'));
    case 'changedCommands':
      return brief(() => t('Needs you: commands changed'));
  }
}

function ownCause(spec: ServiceSpec, lifecycle: Lifecycle): Brief | undefined {
  switch (lifecycle.kind) {
    case 'stopped':
      return briefStop(lifecycle.cause);
    case 'launching': {
      const { phase } = lifecycle;
      return phase.kind === 'portClosing' ? brief(() => t('Waiting: port {0} is closing', phase.port)) : undefined;
    }
    case 'failed':
    case 'backingOff':
      return briefFailure(lifecycle.failure);
    case 'starting':
    case 'running': {
      if (lifecycle.ended !== undefined) return briefEnded(lifecycle.ended);
      return printedPort(spec, lifecycle) ?? unhealthy(lifecycle.health, lifecycle.kind) ?? wrongPath(spec, lifecycle.health);
    }
    case 'external':
      return unhealthy(lifecycle.health, 'running') ?? wrongPath(spec, lifecycle.health);
    default:
      return undefined;
  }
}

function printedPort(
  { port }: ServiceSpec,
  { health, printedPort: printed }: Extract<Lifecycle, { kind: 'starting' | 'running' }>,
): Brief | undefined {
  if (printed === undefined || health.kind === 'healthy') return undefined;
  return port === undefined
    ? brief(() => t('Its output names port {0}', printed))
    : brief(() => t('Port {0} instead of {1}', printed, port));
}

/** It counts as up, because its path for health was inferred and not tried. */
function wrongPath({ probe }: ServiceSpec, health: Health): Brief | undefined {
  const status = doubtfulStatus(probe, health);
  return status === undefined || probe === undefined ? undefined : briefWrongPath(probe, status);
}

/** While it starts, a port that is still closed is no cause, nor is a container that is being prepared. */
function unhealthy(health: Health, phase: 'starting' | 'running'): Brief | undefined {
  if (health.kind === 'unhealthy') return briefHang(health.evidence) ?? briefProbe(health.last.failure);
  const last = health.kind === 'unknown' ? health.last : undefined;
  if (last === undefined || last.ok || (phase === 'starting' && isExpected(last))) return undefined;
  return briefProbe(last.failure);
}

const isExpected = (outcome: ProbeOutcome & { ok: false }): boolean =>
  outcome.failure.kind === 'refused' || (outcome.failure.kind === 'container' && isPreparing(outcome));
