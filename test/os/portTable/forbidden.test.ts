import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { canBind } from '../../../src/os/portTable/canBind';
import { Cleanup } from '../support/cleanup';

describe('a port that the system forbids', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('is told apart from one in use', async () => {
    // Root may bind everything: the system's refusal is put in the place of its `listen`.
    const { listen } = Object.getOwnPropertyDescriptors(createServer().constructor.prototype as object) as Record<
      string,
      PropertyDescriptor
    >;
    assert.ok(listen !== undefined);
    const prototype = Object.getPrototypeOf(createServer()) as object;
    Object.defineProperty(prototype, 'listen', {
      ...listen,
      value(this: NodeJS.EventEmitter) {
        setImmediate(() => this.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })));
      },
    });
    cleanup.add(() => void Object.defineProperty(prototype, 'listen', listen));
    assert.deepEqual(await canBind(80, () => Promise.resolve('reserved')), { kind: 'forbidden', why: 'reserved' });
  });
});
