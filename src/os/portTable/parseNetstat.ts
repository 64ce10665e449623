/** netstat of macOS (`netstat -an -p tcp`) and of Windows (`netstat -ano`). */
import type { Listener } from '../../core/model/process';
import { splitAddress } from './splitAddress';

export interface Connection {
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
  readonly state: string;
}

/** What macOS calls otherwise than the other systems. */
const darwinStates: ReadonlyMap<string, string> = new Map([
  ['CLOSED', 'CLOSE'],
  ['SYN_RCVD', 'SYN_RECV'],
  ['FIN_WAIT_1', 'FIN_WAIT1'],
  ['FIN_WAIT_2', 'FIN_WAIT2'],
]);

/** `tcp4  0  0  127.0.0.1.8000  *.*  LISTEN`, with further columns in some versions; the state is the sixth in all of them. */
export function parseDarwinNetstat(text: string): readonly Connection[] {
  return text.split('\n').flatMap((line) => {
    const [protocol = '', , , local = '', , state = ''] = line.trim().split(/\s+/);
    const at = protocol.startsWith('tcp') ? splitAddress(local) : undefined;
    if (at === undefined) return [];
    const family = protocol === 'tcp4' ? 4 : 6;
    const address = at.address === '*' ? (family === 4 ? '0.0.0.0' : '::') : at.address;
    return [{ family, address, port: at.port, state: darwinStates.get(state) ?? state }];
  });
}

/** The names of states are in the language of the system (LISTENING, ABHÖREN, ÉCOUTE): a listener is a row without a remote address. */
const noPartner: ReadonlySet<string> = new Set(['0.0.0.0:0', '[::]:0']);

/** Pids of connections to the port, once per connection. One that is closed already has the pid 0. */
export function parseWindowsClients(text: string, port: number): readonly number[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [protocol, local = '', partner = ''] = fields;
    const [here, there] = [splitAddress(local), splitAddress(partner)];
    const pid = Number(fields.at(-1));
    const isClient = protocol === 'TCP' && there?.port === port && here?.address === there.address;
    return isClient && Number.isInteger(pid) && pid > 0 ? [pid] : [];
  });
}

/** Windows prints one line a socket and only one owner for each, also when a child inherited it. */
export function parseWindowsListeners(text: string): readonly Listener[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [protocol, local = '', partner = ''] = fields;
    const at = protocol === 'TCP' && noPartner.has(partner) ? splitAddress(local) : undefined;
    const pid = Number(fields.at(-1));
    if (at === undefined || !Number.isInteger(pid)) return [];
    return [{ port: at.port, address: at.address, family: local.startsWith('[') ? 6 : 4, pids: [pid] } satisfies Listener];
  });
}
