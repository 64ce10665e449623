/** Parts of the cases. */
import type { Code } from '../../../../src/core/diagnosis/codes';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { facts, listener, owner } from './sample';

export interface Case {
  readonly code: Code;
  readonly about: string;
  readonly sick: Facts;
  readonly healthy: Facts;
}

export const port = (
  listeners: readonly ReturnType<typeof listener>[],
  owners: readonly ReturnType<typeof owner>[],
): Pick<Facts, 'port'> => ({
  port: { listeners: known(listeners), owners: known(owners), forbidden: known(undefined) },
});
export const make = (code: Code, about: string, sick: Facts, twin: Facts = facts()): Case => ({
  code,
  about,
  sick,
  healthy: twin,
});
export const refused = { kind: 'refused', port: 8000 } as const;
export const noAnswer = { kind: 'noAnswer', timeout: 2000 } as const;
export const stopped = { kind: 'stopped', cause: { kind: 'command' }, run: 'r1' } as const;
export const foreign = port([listener({ pids: [99] })], [owner(99)]);
export const gone = { ...port([], []), ownListeners: known([]) };
export const checkout = (root: string) => ({ root, gitFolder: `${root}/.git`, remotes: ['git@host:team/shop.git'] });
export const copies = (theirs: ReturnType<typeof checkout>): Pick<Facts, 'checkouts'> => ({
  checkouts: known({ own: checkout('/shop'), owners: new Map([[99, theirs]]) }),
});
export const frontend = { id: 'frontend', key: 'frontend', role: 'frontend', port: 5173, command: 'npm run dev' } as const;
export const manifest = '{ "dependencies": { "vite": "8" } }';
