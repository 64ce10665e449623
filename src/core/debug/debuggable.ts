import type { ServiceSpec } from '../model/service';

/** Whether Debug makes sense: a container has its program inside, and a database is not the user's program. */
export const isDebuggable = ({ debug, compose, role }: ServiceSpec): boolean =>
  debug !== undefined || (compose === undefined && role !== 'database');
