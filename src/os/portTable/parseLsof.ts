/** `lsof -nP -iTCP… -FpcuftPnT`: one field a line, named by its first letter; p opens a process, f a descriptor. */
import type { Listener } from '../../core/model/process';
import { splitAddress } from './splitAddress';

interface Descriptor {
  pid: number;
  uid: number;
  family: 4 | 6;
  name: string;
  state: string;
  device: string;
}

/** Listeners, each with all pids that hold it. Without a device number, address and port identify a shared socket. */
export function parseLsofListeners(text: string): readonly Listener[] {
  const found = new Map<string, Listener>();
  for (const each of parse(text)) {
    const local = splitAddress(each.name);
    if (each.state !== 'LISTEN' || local === undefined) continue;
    const address = local.address === '*' ? (each.family === 4 ? '0.0.0.0' : '::') : withoutInterface(local.address);
    const key = `${each.device} ${address} ${local.port}`;
    const pids = found.get(key)?.pids ?? [];
    found.set(key, {
      port: local.port,
      address,
      family: each.family,
      ...(each.device === '' ? {} : { socket: each.device }),
      pids: pids.includes(each.pid) ? pids : [...pids, each.pid],
      uid: each.uid,
    });
  }
  return [...found.values()];
}

/** Pids of connections to the port, once per connection; `n` is `127.0.0.1:54321->127.0.0.1:8000`. */
export function parseLsofClients(text: string, port: number): readonly number[] {
  return parse(text).flatMap(({ pid, name }) => (splitAddress(name.split('->')[1] ?? '')?.port === port ? [pid] : []));
}

/** The kernel of macOS keeps the number of the interface in a link-local address, and lsof prints it: fe80:4::1 is fe80::1 everywhere else. */
const withoutInterface = (address: string): string => address.replace(/^fe80:[0-9a-f]{1,4}::/i, 'fe80::');

/** The folder of a process, from `lsof -a -p PID -d cwd -Fn`. */
export function parseLsofFolder(text: string): string | undefined {
  const folder = /^n(.+)$/m.exec(text)?.[1];
  return folder === undefined ? undefined : decoded(folder);
}

/** Where its locale is not UTF-8, lsof prints `\xc3\xbc` for the bytes of ü. */
function decoded(text: string): string {
  const bytes = text.replace(/(?:\\x[0-9a-f]{2})+/g, (run) => Buffer.from(run.replaceAll('\\x', ''), 'hex').toString('utf8'));
  return bytes.includes('\uFFFD') ? text : bytes;
}

function parse(text: string): readonly Descriptor[] {
  const found: Descriptor[] = [];
  let pid = 0;
  let uid = 0;
  for (const line of text.split('\n')) {
    const value = line.slice(1);
    const current = found.at(-1);
    if (line.startsWith('p')) pid = Number(value);
    else if (line.startsWith('u')) uid = Number(value);
    else if (line.startsWith('f')) found.push({ pid, uid, family: 4, name: '', state: '', device: '' });
    else if (current !== undefined) fill(current, line[0], value);
  }
  return found;
}

function fill(descriptor: Descriptor, letter: string | undefined, value: string): void {
  if (letter === 't') descriptor.family = value === 'IPv6' ? 6 : 4;
  else if (letter === 'n') descriptor.name = value;
  else if (letter === 'd') descriptor.device = value;
  else if (letter === 'T' && value.startsWith('ST=')) descriptor.state = value.slice(3);
}
