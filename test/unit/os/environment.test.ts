import assert from 'node:assert/strict';
import { environmentWith } from '../../../src/os/system/environment';

describe('the environment of a child', () => {
  it('has each variable once on Windows, in whatever case it is written', () => {
    assert.deepEqual(environmentWith({ PATH: 'b' }, { Path: 'a', Other: 'c' }, 'win32'), { PATH: 'b', Other: 'c' });
  });

  it('has what differs in case apart elsewhere', () => {
    assert.deepEqual(environmentWith({ PATH: 'b' }, { Path: 'a' }, 'linux'), { PATH: 'b', Path: 'a' });
  });
});
