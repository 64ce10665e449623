import type { Lifecycle } from './state';

type Failed = Extract<Lifecycle, { kind: 'failed' }>;

/** Whether a failure may leave the view: not while a process of the service is there, or may still appear. */
export const mayDismiss = ({ failure }: Failed): boolean =>
  failure.kind !== 'cannotStop' && !(failure.kind === 'launch' && failure.failure.kind === 'unconfirmed');
