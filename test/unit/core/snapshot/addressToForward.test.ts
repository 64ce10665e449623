/** Which ports a remote window is asked to forward. */
import assert from 'node:assert/strict';
import { addressToForward } from '../../../../src/core/snapshot/addressToForward';
import { healthy, running, service, unhealthy } from '../views/samples';

describe('core/snapshot/addressToForward', () => {
  it('is that of a service that responds, and no database', () => {
    assert.equal(addressToForward(service(running(healthy))), 'http://localhost:8000/');
    assert.equal(addressToForward(service(running(unhealthy))), undefined);
    assert.equal(addressToForward(service({ kind: 'stopped', cause: { kind: 'never' } })), undefined);
    assert.equal(addressToForward(service(running(healthy), { role: 'database' })), undefined);
  });
});
