/** A process that contends for the lease of a folder when it is told to, says how that went, and lives on. */
import { once } from 'node:events';
import { contend } from '../../../src/app/sharing/lease';
import { FileLeases } from '../../../src/os/sharing/leaseFile';
import { createProcessTable } from '../../../src/os/processTable/index';

async function main(): Promise<void> {
  const [directory = '', place = ''] = process.argv.slice(2);
  const log = { info: () => undefined, warn: console.error, error: console.error };
  const processes = createProcessTable();
  const me = await processes.identify(process.pid);
  console.log('here');
  await once(process.stdin, 'data');
  const born = me.kind === 'known' && me.value !== undefined ? { born: me.value.born } : {};
  const holder = { pid: process.pid, ...born, window: `window ${process.pid}` };
  const contest = await contend(place, holder, 'contender', { leases: new FileLeases(directory, log), processes });
  console.log('generation' in contest ? `${contest.kind} ${contest.generation}` : contest.kind);
}

void main();
