/** The row of a service that is half dead, or that waits for an answer. */
import assert from 'node:assert/strict';
import type { EndedPart } from '../../../../src/core/model/endedPart';
import type { Health } from '../../../../src/core/model/health';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { badge, row } from '../../../../src/core/views/tree';
import { stateReason } from '../../../../src/core/snapshot/toSnapshot';
import { healthy, runningWith, spec } from './samples';

const rowOf = (changes: { readonly ended?: readonly EndedPart[]; readonly question?: string }, health: Health = healthy) => {
  const service = { spec: spec({ port: 8000 }), state: { lifecycle: runningWith(health, changes), restarts: noRestarts } };
  return {
    ...row({ kind: 'service', key: 'k', service }),
    badge: badge([service]),
    reason: stateReason(service.spec, service.state.lifecycle),
  };
};

describe('the row of a service of which a part has ended', () => {
  it('is not green, and names the part with its error first', () => {
    const shown = rowOf({ ended: [{ name: 'api', exitCode: 1, detail: 'TypeError: items is not iterable' }] });
    assert.equal(shown.description, 'TypeError: items is not iterable');
    assert.match(shown.spoken, /: Partly running, .*TypeError: items is not iterable \(api has ended with exit code 1\)\.$/);
    assert.deepEqual(shown.icon, { id: 'warning', color: 'serviceLifecycle.warningIcon' });
    assert.equal(shown.badge?.value, 1);
    assert.match(shown.contextValue, /troubled/);
  });

  const parts: readonly (readonly [EndedPart, string])[] = [
    [{}, 'One of its processes has ended.'],
    [{ detail: 'Error: no' }, 'Error: no (one of its processes has ended).'],
    [{ name: 'api' }, 'api has ended.'],
    [{ name: 'api', detail: 'Error: no.' }, 'Error: no (api has ended).'],
    [{ name: 'api', exitCode: 3 }, 'api has ended with exit code 3.'],
    [{ name: 'api', detail: 'postgres://shop:secret@db refused' }, 'postgres://[removed]@db refused (api has ended).'],
  ];
  for (const [part, reason] of parts) it(`says: ${reason}`, () => assert.equal(rowOf({ ended: [part] }).reason, reason));

  it('shows the part also where nothing is probed', () => {
    assert.equal(rowOf({ ended: [{ name: 'node -e x', exitCode: 3 }] }).description, 'node: exit 3');
    assert.match(rowOf({ ended: [{ name: 'api' }] }, { kind: 'none' }).description, /^api has ended$/);
  });
});

describe('the row of a service that asks something', () => {
  it('shows the question, unless the service is healthy', () => {
    const question = 'Do you want to continue? [Y/n]';
    const asking = rowOf({ question }, { kind: 'none' });
    assert.equal(asking.description, 'Needs you: see terminal');
    assert.match(asking.spoken, /: Needs you, .*Waiting for an answer in the terminal: Do you want to continue\? \[Y\/n\]/);
    assert.deepEqual([asking.icon.id, asking.badge?.value], ['question', 1]);
    assert.equal(rowOf({ question }).badge, undefined);
  });
});
