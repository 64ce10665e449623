/** Files that are read, missing, or cannot be read at the moment. */
import assert from 'node:assert/strict';
import { settleRead } from '../../../../src/app/config/settleRead';

const file = (folder: string, text: string) => ({ folder, text });

describe('app: settleRead', () => {
  it('takes what was read, and forgets a file that is gone', () => {
    const settled = settleRead(
      [{ kind: 'read', file: file('/shop', 'new') }, { kind: 'absent' }],
      [file('/shop', 'old'), file('/blog', 'old')],
    );
    assert.deepEqual(settled, { files: [file('/shop', 'new')], unreadable: [] });
  });

  it('keeps a file that cannot be read as it was, and asks for another attempt', () => {
    const settled = settleRead([{ kind: 'unreadable', folder: '/shop' }], [file('/shop', 'old'), file('/blog', 'old')]);
    assert.deepEqual(settled, { files: [file('/shop', 'old')], unreadable: ['/shop'] });
  });

  it('knows nothing of a file that could never be read', () => {
    assert.deepEqual(settleRead([{ kind: 'unreadable', folder: '/shop' }], []), { files: [], unreadable: ['/shop'] });
  });
});
