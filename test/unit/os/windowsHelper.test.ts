/** Parts of the helper process that need no Windows, with the functions of the system replaced. */
import assert from 'node:assert/strict';
import { addressV6 } from '../../../src/os/windows/helper/addressV6';
import { createExitWaits } from '../../../src/os/windows/helper/exits';
import { variableIn } from '../../../src/os/windows/helper/parameters';
import { listSockets } from '../../../src/os/windows/helper/sockets';
import type { NativeFunction } from '../../../src/os/windows/helper/koffi';
import type { System } from '../../../src/os/windows/helper/system';

const native = (call: (...args: readonly unknown[]) => number, async: (...args: readonly unknown[]) => void = () => undefined) =>
  Object.assign(call, { async }) as NativeFunction;

/** A system whose handles are pids, and where each wait is held until an event or an end. */
class FakeSystem {
  readonly dead = new Set<number>();
  readonly closed: number[] = [];
  readonly waits: { readonly handles: readonly number[]; readonly over: () => void }[] = [];

  readonly system = {
    openProcess: native((_access, _inherit, pid) => Number(pid)),
    closeHandle: native((handle) => this.closed.push(Number(handle))),
    processTimes: native((_handle, created) => {
      (created as Buffer).writeBigUInt64LE(10n);
      return 1;
    }),
    waitForOne: native((handle) => (this.dead.has(Number(handle)) ? 0 : 258)),
    createEvent: native(() => 9999),
    setEvent: native(() => {
      const wait = this.waits.pop();
      if (wait !== undefined) queueMicrotask(wait.over);
      return 1;
    }),
    waitForAny: native(
      () => 0,
      (count, handles, _all, _ms, done) => {
        const buffer = handles as Buffer;
        const list = Array.from({ length: Number(count) }, (_, index) => Number(buffer.readBigInt64LE(index * 8)));
        this.waits.push({ handles: list, over: done as () => void });
      },
    ),
  } as unknown as System;

  /** Ends a process: the wait that has its handle is over. */
  async end(pid: number): Promise<void> {
    this.dead.add(pid);
    const at = this.waits.findIndex(({ handles }) => handles.includes(pid));
    const [wait] = this.waits.splice(at, 1);
    wait?.over();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** FILETIME 10 is one microsecond. */
const born = '1';

describe('waits for exits in the helper', () => {
  it('take at most 64 handles each, so that a hundred processes are waited for in two', async () => {
    const fake = new FakeSystem();
    const waits = createExitWaits(fake.system);
    const ended: number[] = [];
    for (let pid = 1; pid <= 100; pid++) {
      assert.ok(waits.watch(pid, born, () => ended.push(pid)));
      await settled();
    }
    assert.deepEqual(fake.waits.map(({ handles }) => handles.length).toSorted(), [38, 64]);
    await fake.end(5);
    await fake.end(90);
    await fake.end(63);
    assert.deepEqual(ended, [5, 90, 63]);
    assert.deepEqual(fake.closed, [5, 90, 63]);
  });

  it('refuse a process that has ended, and one with another start time', () => {
    const fake = new FakeSystem();
    const waits = createExitWaits(fake.system);
    fake.dead.add(1);
    assert.equal(
      waits.watch(1, born, () => assert.fail()),
      false,
    );
    assert.equal(
      waits.watch(2, '2', () => assert.fail()),
      false,
    );
    assert.deepEqual(fake.closed, [1, 2]);
  });

  it('close the handle of what is no longer watched only when no wait uses it', async () => {
    const fake = new FakeSystem();
    const waits = createExitWaits(fake.system);
    waits.watch(1, born, () => assert.fail());
    waits.watch(2, born, () => undefined);
    await settled();
    waits.unwatch(1, born);
    assert.deepEqual(fake.closed, []);
    await settled();
    assert.deepEqual([fake.closed, fake.waits.map(({ handles }) => handles)], [[1], [[9999, 2]]]);
  });
});

describe('sockets in the helper', () => {
  /** Tables as the system fills them, by family. */
  const systemWith = (tables: ReadonlyMap<number, Buffer>, error = 0): System =>
    ({
      tcpTable: native((table, size, _sorted, family) => {
        const content = tables.get(Number(family)) ?? Buffer.alloc(4);
        if (error !== 0) return error;
        if ((table as Buffer).length < content.length) {
          (size as Buffer).writeUInt32LE(content.length);
          return 122;
        }
        content.copy(table as Buffer);
        return 0;
      }),
    }) as unknown as System;

  it('are read from the rows of both families, ports and addresses in network order', () => {
    const v4 = Buffer.from('01000000' + '05000000' + '7f000001' + '1f400000' + '7f000001' + 'c35a0000' + '39300000', 'hex');
    const one = '0'.repeat(31) + '1';
    const v6 = Buffer.from(
      '01000000' + one + '00000000' + '0bb80000' + '0'.repeat(32) + '00000000' + '00000000' + '02000000' + '39300000',
      'hex',
    );
    const tables = new Map([
      [2, v4],
      [23, v6],
    ]);
    assert.deepEqual(listSockets(systemWith(tables), 'sockets'), [
      { family: 4, state: 5, address: '127.0.0.1', port: 8000, remoteAddress: '127.0.0.1', remotePort: 50_010, pid: 12_345 },
      { family: 6, address: '::1', port: 3000, remoteAddress: '::', remotePort: 0, state: 2, pid: 12_345 },
    ]);
  });

  it('are read again with more room when the table is larger, and not endlessly', () => {
    const rows = 5000;
    const table = Buffer.alloc(4 + rows * 24);
    table.writeUInt32LE(rows);
    assert.equal(listSockets(systemWith(new Map([[2, table]])), 'sockets').length, rows);
    assert.throws(() => listSockets(systemWith(new Map(), 122), 'sockets'), /GetExtendedTcpTable failed \(122\)/);
    assert.throws(() => listSockets(systemWith(new Map(), 5), 'sockets'), /failed \(5\)/);
  });
});

describe('addresses of IPv6', () => {
  for (const [hex, text] of [
    ['0'.repeat(32), '::'],
    ['0'.repeat(31) + '1', '::1'],
    ['fe80000000000000021122fffe334455', 'fe80::211:22ff:fe33:4455'],
    ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
    ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
    ['00010000000200030004000500060007', '1:0:2:3:4:5:6:7'],
    ['00010002000300040005000600000000', '1:2:3:4:5:6::'],
  ] as const)
    it(`are short: ${text}`, () => assert.equal(addressV6(Buffer.from(hex, 'hex')), text));
});

describe('variables in an environment of Windows', () => {
  it('are found in any case, with a value that may have an equals sign, and not inside of others', () => {
    const environment = '=C:=C:\\shop\0Path=C:\\a\0MY_RUN=x\0run=a=b\0';
    assert.equal(variableIn(environment, 'RUN'), 'a=b');
    assert.equal(variableIn(environment, 'PATH'), 'C:\\a');
    assert.equal(variableIn(environment, 'OTHER'), undefined);
  });
});
