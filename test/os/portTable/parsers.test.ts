import assert from 'node:assert/strict';
import { parseExcludedRanges } from '../../../src/os/portTable/parseExcludedRanges';
import { parseLsofClients, parseLsofListeners } from '../../../src/os/portTable/parseLsof';
import { parseDarwinNetstat, parseWindowsClients, parseWindowsListeners } from '../../../src/os/portTable/parseNetstat';
import { parseProcNetTcp } from '../../../src/os/portTable/parseProcNetTcp';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const tail = ' 00000000:00000000 00:00000000 00000000  1000        0 48213 1 0000000000000000 100 0 0 10 0\n';

describe('parser of /proc/net/tcp', () => {
  const all = (): boolean => true;

  it('reads addresses of both families', () => {
    const listener = (local: string, remote: string): string => `   0: ${local} ${remote} 0A${tail}`;
    const addresses: readonly (readonly [string, string])[] = [
      ['0100007F:1F40', '127.0.0.1'],
      ['00000000:1F40', '0.0.0.0'],
      ['00000000000000000000000000000000:1F40', '::'],
      ['00000000000000000000000001000000:1F40', '::1'],
      ['0000000000000000FFFF00000100007F:1F40', '::ffff:127.0.0.1'],
      ['B80D0120000000000000000001000000:1F40', '2001:db8::1'],
      ['B80D0120000001000000000001000000:1F40', '2001:db8:1::1'],
    ];
    for (const [hex, address] of addresses) {
      const [row] = parseProcNetTcp(head + listener(hex, hex.replace('1F40', '0000')), all);
      assert.deepEqual(row, { family: hex.length > 20 ? 6 : 4, address, port: 8000, state: 'LISTEN', uid: 1000, inode: '48213' });
    }
  });

  it('names states and skips what is not wanted', () => {
    const row = (port: string, state: string): string => `  12: 0100007F:${port} 0100007F:0016 ${state}${tail}`;
    const text = head + row('1F40', '08') + row('1F40', '06') + row('1F41', '01');
    const seen = parseProcNetTcp(text, ({ port }) => port === 8000).map(({ state }) => state);
    assert.deepEqual(seen, ['CLOSE_WAIT', 'TIME_WAIT']);
    assert.deepEqual(parseProcNetTcp('', all), []);
    assert.deepEqual(parseProcNetTcp(head, all), []);
  });
});

describe('clients of a port', () => {
  it('are read from /proc/net/tcp by the port and the address at the other end', () => {
    const row = (remote: string): string => `  12: 0100007F:C350 ${remote} 01${tail}`;
    const text = head + row('0100007F:1F40') + row('0200007F:1F40') + row('0100007F:1F41');
    const seen: unknown[] = [];
    parseProcNetTcp(text, (ends) => {
      seen.push(ends);
      return false;
    });
    const common = { port: 50_000, state: 'ESTABLISHED' };
    assert.deepEqual(seen, [
      { ...common, remotePort: 8000, isWithin: true },
      { ...common, remotePort: 8000, isWithin: false },
      { ...common, remotePort: 8001, isWithin: true },
    ]);
  });

  it('are read from lsof, without the server', () => {
    const server = 'p501\nu501\nf7\ntIPv4\nn127.0.0.1:8000->127.0.0.1:50000\nTST=ESTABLISHED\n';
    const client =
      'p7\nu501\nf9\ntIPv4\nn127.0.0.1:50000->127.0.0.1:8000\nTST=ESTABLISHED\nf10\ntIPv6\nn[::1]:50001->[::1]:8000\n';
    assert.deepEqual(parseLsofClients(server + client, 8000), [7, 7]);
  });

  it('are read from netstat of Windows, in any language and without closed ones', () => {
    const text = [
      '  TCP    0.0.0.0:8000           0.0.0.0:0              ABHÖREN         501',
      '  TCP    127.0.0.1:8000         127.0.0.1:50000        HERGESTELLT     501',
      '  TCP    127.0.0.1:50000        127.0.0.1:8000         HERGESTELLT     7',
      '  TCP    127.0.0.1:50001        127.0.0.1:8000         WARTEND         0',
      '  TCP    192.168.1.2:50002      10.0.0.1:8000          HERGESTELLT     8',
      '',
    ].join('\r\n');
    assert.deepEqual(parseWindowsClients(text, 8000), [7]);
  });
});

describe('parser of lsof', () => {
  it('joins the pids that share a socket', () => {
    const text = `p501
cPython
u501
f3
tIPv4
d0x8f2a1c3e5d7b9a01
PTCP
n127.0.0.1:8000
TST=LISTEN
TQR=0
TQS=0
p502
cPython
u501
f3
tIPv4
d0x8f2a1c3e5d7b9a01
PTCP
n127.0.0.1:8000
TST=LISTEN
p777
cnode
u501
f21
tIPv6
d0x8f2a1c3e5d7bff02
PTCP
n*:8000
TST=LISTEN
f22
tIPv6
d0x8f2a1c3e5d7bff03
PTCP
n[::1]:9000
TST=LISTEN
f23
tIPv4
d0x8f2a1c3e5d7bff04
PTCP
n127.0.0.1:50000->127.0.0.1:8000
TST=ESTABLISHED
`;
    assert.deepEqual(parseLsofListeners(text), [
      { port: 8000, address: '127.0.0.1', family: 4, socket: '0x8f2a1c3e5d7b9a01', pids: [501, 502], uid: 501 },
      { port: 8000, address: '::', family: 6, socket: '0x8f2a1c3e5d7bff02', pids: [777], uid: 501 },
      { port: 9000, address: '::1', family: 6, socket: '0x8f2a1c3e5d7bff03', pids: [777], uid: 501 },
    ]);
    assert.deepEqual(parseLsofListeners(''), []);
  });

  it('names a process once that holds a socket twice', () => {
    const descriptor = (number: number): string => `f${number}\ntIPv4\nd0x1\nPTCP\nn127.0.0.1:8000\nTST=LISTEN\n`;
    assert.deepEqual(parseLsofListeners(`p501\nu501\n${descriptor(3)}${descriptor(4)}`), [
      { port: 8000, address: '127.0.0.1', family: 4, socket: '0x1', pids: [501], uid: 501 },
    ]);
  });
});

describe('parser of netstat', () => {
  it('macOS, with and without further columns', () => {
    const text = `Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.8000         *.*                    LISTEN
tcp46      0      0  *.3000                 *.*                    LISTEN       131072 131072    777      0 00100 00000006
tcp6       0      0  fe80::1%lo0.5173       *.*                    LISTEN
tcp4       0      0  127.0.0.1.8000         127.0.0.1.52011        CLOSE_WAIT
udp4       0      0  *.5353                 *.*
`;
    assert.deepEqual(parseDarwinNetstat(text), [
      { family: 4, address: '127.0.0.1', port: 8000, state: 'LISTEN' },
      { family: 6, address: '::', port: 3000, state: 'LISTEN' },
      { family: 6, address: 'fe80::1', port: 5173, state: 'LISTEN' },
      { family: 4, address: '127.0.0.1', port: 8000, state: 'CLOSE_WAIT' },
    ]);
  });

  it('Windows in German: a listener is who has no partner', () => {
    const text = `
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1104
  TCP    127.0.0.1:8000         0.0.0.0:0              ABHÖREN         25560
  TCP    127.0.0.1:8000         127.0.0.1:51234        HERGESTELLT     25560
  TCP    127.0.0.1:8000         127.0.0.1:51235        SCHLIESSEN_WARTEN 25560
  TCP    127.0.0.1:51240        127.0.0.1:8000         WARTEND         0
  TCP    [::]:3000              [::]:0                 ABHÖREN         7012
  TCP    [::1]:5173             [::]:0                 ABHÖREN         9124
  UDP    0.0.0.0:5353           *:*                                    2248
`.replaceAll('\n', '\r\n');
    assert.deepEqual(parseWindowsListeners(text), [
      { port: 135, address: '0.0.0.0', family: 4, pids: [1104] },
      { port: 8000, address: '127.0.0.1', family: 4, pids: [25560] },
      { port: 3000, address: '::', family: 6, pids: [7012] },
      { port: 5173, address: '::1', family: 6, pids: [9124] },
    ]);
  });

  it('Windows in English and in a language whose state is two words', () => {
    const english = '  TCP    0.0.0.0:8000           0.0.0.0:0              LISTENING       4242\r\n';
    const spaced = '  TCP    0.0.0.0:8000           0.0.0.0:0              À L ÉCOUTE      4242\r\n';
    for (const text of [english, spaced]) {
      assert.deepEqual(parseWindowsListeners(text), [{ port: 8000, address: '0.0.0.0', family: 4, pids: [4242] }]);
    }
  });
});

describe('parsers of what else Windows prints', () => {
  it('nothing of what is no range', () => {
    assert.deepEqual(parseExcludedRanges('Port 80 80 is used\r\n 12 \r\n'), []);
  });
});
