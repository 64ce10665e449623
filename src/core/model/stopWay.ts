import type { StopSignal } from './service';

/**
 * What asked a service to stop: a signal; Ctrl+C typed into its terminal, as on Windows, which has no signals; its `stopCommand`; `nothing`
 * where there was no way to ask.
 */
export type StopWay = StopSignal | 'typed' | 'command' | 'nothing';
