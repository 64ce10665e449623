/** What a container means for the health of its service. */
import type { Container } from '../model/container';
import type { ProbeFailure } from '../model/failure';

/** Undefined when it runs, and its health check, if it has one, succeeds. */
export function judgeContainer(container: Container | undefined): ProbeFailure | undefined {
  switch (container?.state) {
    case undefined:
      return { kind: 'container', state: 'missing' };
    case 'created':
    case 'paused':
    case 'restarting':
      return { kind: 'container', state: container.state };
    case 'removing':
    case 'exited':
    case 'dead':
      return { kind: 'container', state: 'exited' };
    case 'running':
      return judgeHealth(container.health);
  }
}

function judgeHealth(health: Container['health']): ProbeFailure | undefined {
  switch (health?.status) {
    case undefined:
    case 'healthy':
      return undefined;
    case 'starting':
      return { kind: 'containerStarting' };
    case 'unhealthy':
      return { kind: 'containerUnhealthy', detail: health.output };
  }
}
