/** A process that claims a port for each of its services at once, when it is asked to, and prints them. */
import { once } from 'node:events';
import { createPortTable } from '../../../src/os/portTable/index';
import { FilePortClaims } from '../../../src/os/storage/portClaims';

async function main(): Promise<void> {
  const [directory = '', folder = '', from = '', to = '', ...keys] = process.argv.slice(2);
  const log = { info: () => undefined, warn: console.error, error: console.error };
  const { canBind } = createPortTable();
  const claims = new FilePortClaims(directory, { canBind, log });
  console.log('here');
  await once(process.stdin, 'data');
  const choice = { from: Number(from), to: Number(to) };
  const ports = await Promise.all(keys.map((key) => claims.claim({ folder, key, choice }, new Set())));
  console.log(JSON.stringify(ports));
  process.stdin.destroy();
}

void main();
