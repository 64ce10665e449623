/** Health paths that were not tried, as services are probed one by one. */
import assert from 'node:assert/strict';
import { WrongPaths } from '../../../../src/app/diagnosis/wrongPaths';
import { Store } from '../../../../src/app/store';
import { initialState } from '../../../../src/core/lifecycle/state';
import type { ServiceState } from '../../../../src/core/lifecycle/state';
import { unprovenStatuses } from '../../../../src/core/model/unprovenPath';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';

const unproven = probeSpec({
  target: { kind: 'http', address: '/health' },
  status: unprovenStatuses,
});
const replied = (status: number): ServiceState => ({
  ...initialState,
  lifecycle: {
    ...{ kind: 'running', run: 'r', process: { pid: 1, born: 'b' }, startedAt: 0, readyAt: 0, terminal: 'attached' },
    health: { kind: 'healthy', since: 0, streak: { successes: 1, failures: 0 }, last: { ok: true, at: 0, status, latencyMs: 1 } },
  },
});

describe('app/diagnosis/wrongPaths', () => {
  function scene() {
    const store = new Store();
    const specs = ['a', 'b'].map((name) => serviceSpec(name, { port: 8000, probe: unproven }));
    store.configure({ services: specs, broken: [] });
    let changes = 0;
    const paths = new WrongPaths(store, () => (changes += 1));
    return { store, specs, paths, keys: () => paths.found.map(({ key }) => key).join(), changes: () => changes };
  }

  it('come and go with the status of one service, and say nothing of a status that stays', () => {
    const { store, keys, changes } = scene();
    store.setState('b', replied(404));
    store.setState('a', replied(200));
    assert.deepEqual([keys(), changes()], ['b', 1]);
    store.setState('b', replied(404));
    assert.deepEqual([keys(), changes()], ['b', 1]);
    store.setState('a', replied(401));
    assert.deepEqual([keys(), changes()], ['a,b', 2]);
    store.setState('b', replied(204));
    assert.deepEqual([keys(), changes()], ['a', 3]);
  });

  it('are none of a service whose file names another path by now, or none', () => {
    const { store, specs, keys, changes } = scene();
    store.setState('a', replied(404));
    assert.equal(keys(), 'a');
    const [a, b] = specs;
    assert.ok(a !== undefined && b !== undefined);
    store.configure({ services: [{ ...a, probe: probeSpec() }, b], broken: [] });
    assert.deepEqual([keys(), changes()], ['', 2]);
  });

  it('are those that are there at its beginning, without a change', () => {
    const { store, keys } = scene();
    store.setState('a', replied(404));
    const later = new WrongPaths(store, () => assert.fail('Nothing changed.'));
    assert.equal(later.found.map(({ key }) => key).join(), keys());
  });
});
