import assert from 'node:assert/strict';
import { createDarwinPortTable } from '../../../src/os/portTable/darwin';
import { parseDarwinNetstat } from '../../../src/os/portTable/parseNetstat';
import { captured, macTools, type Printed } from '../../support/captures';

/** What lsof prints for one port: the processes that have it. */
const ownersOf = (port: number): string =>
  captured('macos/lsof-listeners.txt')
    .split(/^(?=p\d)/m)
    .filter((process) => process.includes(`:${port}\n`))
    .join('');

const tools = (printed: { readonly lsof?: Printed; readonly netstat?: Printed }) =>
  macTools((call) => (call.startsWith('lsof') ? printed.lsof : printed.netstat) ?? {});

const wide = { stdout: captured('macos/netstat-wide.txt') };

describe('the port table of macOS', () => {
  it('joins the pids of one socket, and finds none twice that both tools show', async () => {
    const { run, calls } = tools({ lsof: { stdout: ownersOf(8000) }, netstat: wide });
    assert.deepEqual(await createDarwinPortTable(run).listeners(8000), {
      kind: 'known',
      value: [
        { port: 8000, address: 'fe80::aede:48ff:fe00:2233', family: 6, socket: '0x7c1a9b3e5d2f4403', pids: [2260], uid: 501 },
        { port: 8000, address: '127.0.0.1', family: 4, socket: '0x7c1a9b3e5d2f4406', pids: [61854, 61855], uid: 501 },
      ],
    });
    assert.ok(calls.includes('netstat -anl -p tcp'), 'without -l addresses are cut');
  });

  it('shows listeners of other users without a pid', async () => {
    const { run } = tools({ lsof: { exitCode: 1 }, netstat: wide });
    assert.deepEqual(await createDarwinPortTable(run).listeners(8443), {
      kind: 'known',
      value: [{ port: 8443, address: '2001:db8:4a10:77:8c1:22ff:fe0a:91', family: 6, pids: [] }],
    });
  });

  it('has no listener of a socket that is bound to nothing', async () => {
    const { run } = tools({ lsof: { stdout: captured('macos/lsof-listeners.txt') } });
    const ports = await createDarwinPortTable(run).portsOf(new Set([2260]));
    assert.ok(ports.kind === 'known');
    assert.deepEqual(
      ports.value.map(({ port, address, pids }) => [port, address, pids]),
      [
        [7000, '0.0.0.0', [311]],
        [7000, '::', [311]],
        [8000, 'fe80::aede:48ff:fe00:2233', [2260]],
        [5173, '::1', [61851]],
        [8000, '127.0.0.1', [61854, 61855]],
      ],
    );
  });

  it('takes no port for free where a tool fails', async () => {
    const failing: readonly (readonly [string, Parameters<typeof tools>[0]])[] = [
      ['lsof', { lsof: { exitCode: 1, stderr: 'lsof: illegal process ID: x\n' }, netstat: wide }],
      [
        'netstat',
        {
          lsof: { exitCode: 1 },
          netstat: { exitCode: 1, stderr: 'netstat: sysctl: net.inet.tcp.pcblist_n: Operation not permitted\n' },
        },
      ],
      ['netstat without a word', { lsof: { exitCode: 1 }, netstat: { exitCode: 71 } }],
    ];
    for (const [name, printed] of failing)
      assert.equal((await createDarwinPortTable(tools(printed).run).listeners(9000)).kind, 'unavailable', name);
  });

  it('takes a warning of lsof for none', async () => {
    const stderr =
      'lsof: WARNING: can\'t stat() nfs file system /Volumes/team\n      Output information may be incomplete.\n      assuming "dev=2d000009" from mount table\n';
    const { run } = tools({ lsof: { exitCode: 1, stderr }, netstat: wide });
    assert.deepEqual(await createDarwinPortTable(run).listeners(9000), { kind: 'known', value: [] });
  });

  it('counts the states of connections', async () => {
    const { run } = tools({ netstat: { stdout: captured('macos/netstat-14.txt') } });
    const states = await createDarwinPortTable(run).connectionStates(8000);
    assert.deepEqual(states.kind === 'known' && Object.fromEntries(states.value), { CLOSE_WAIT: 1 });
  });
});

describe('the columns of netstat on macOS', () => {
  const local = { family: 4, address: '127.0.0.1', port: 8000 } as const;
  const everywhere = { family: 6, address: '::', port: 3000, state: 'LISTEN' } as const;
  const ofFile: Readonly<Record<string, readonly object[]>> = {
    'netstat-14.txt': [
      { ...local, state: 'CLOSE_WAIT' },
      everywhere,
      { ...local, state: 'LISTEN' },
      { family: 6, address: 'fe80::1', port: 5173, state: 'LISTEN' },
      { family: 6, address: '2001:db8:4a10:77', port: 8443, state: 'ESTABLISHED' },
      { family: 4, address: '127.0.0.1', port: 52013, state: 'FIN_WAIT2' },
    ],
    'netstat-verbose-15.txt': [{ ...local, state: 'LISTEN' }, everywhere, { ...local, state: 'TIME_WAIT' }],
    'netstat-verbose-26.txt': [
      { ...local, state: 'LISTEN' },
      everywhere,
      { ...local, state: 'ESTABLISHED' },
      { ...local, port: 52011, state: 'SYN_SENT' },
    ],
  };
  for (const [file, rows] of Object.entries(ofFile))
    it(`are read, as in ${file}`, () => assert.deepEqual(parseDarwinNetstat(captured(`macos/${file}`)), rows));
});
