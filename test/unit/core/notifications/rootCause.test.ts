/** Causes before consequences, by dependencies and by the service that a diagnosis blames. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blamedBy, causesFirst, causesOf } from '../../../../src/core/notifications/rootCause';
import type { Service } from '../../../../src/core/lifecycle/state';
import { crash, failed, service } from '../views/samples';

const needs = (id: string, ...others: readonly string[]): Service =>
  service(failed(crash), { id, key: id, dependsOn: others.map((other) => ({ id: other, condition: 'healthy' })) });

const shop = [needs('web', 'api'), needs('worker', 'db'), needs('api', 'db'), needs('db'), needs('docs')];
const ids = shop.map(({ spec }) => spec.id);

describe('core/notifications/rootCause', () => {
  it('puts a dependency first, also across a service that did not fail', () => {
    assert.deepEqual(causesFirst(ids, shop), ['db', 'docs', 'api', 'worker', 'web']);
    assert.deepEqual(causesFirst(['web', 'docs', 'db'], shop), ['db', 'docs', 'web']);
  });

  it('keeps the order of the file for independent services', () => {
    assert.deepEqual(causesFirst(['docs', 'db'], shop), ['docs', 'db']);
    assert.deepEqual(causesFirst([], shop), []);
  });

  it('puts a service first that a diagnosis blames', () => {
    const apart = [needs('worker'), needs('frontend'), needs('backend')];
    const all = ['worker', 'frontend', 'backend'];
    assert.deepEqual(causesFirst(all, apart, new Map([['frontend', 'backend']])), ['backend', 'worker', 'frontend']);
  });

  it('finds every cause once, and never the service itself', () => {
    assert.deepEqual([...causesOf('web', shop)].sort(), ['api', 'db']);
    assert.deepEqual([...causesOf('db', shop)], []);
    const circle = [needs('a', 'b'), needs('b', 'a')];
    assert.deepEqual([...causesOf('a', circle)], ['b']);
    assert.deepEqual(causesFirst(['a', 'b'], circle), ['a', 'b']);
  });

  it('reads the blamed service from the diagnosis that a verdict offers', () => {
    const start = { title: 'Start', command: 'serviceLifecycle.start', arguments: ['api'] };
    const diagnose = { title: 'Diagnose db', command: 'serviceLifecycle.diagnose', arguments: ['db'] };
    assert.equal(blamedBy({ actions: [start, diagnose] }), 'db');
    assert.equal(blamedBy({ actions: [start] }), undefined);
  });

  it('returns exactly the given services for any dependencies, also circular ones', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const graph = fc.dictionary(name, fc.array(name, { maxLength: 4 }));
    fc.assert(
      fc.property(graph, graph, fc.uniqueArray(name), (depends, blames, fallen) => {
        const services = Object.entries(depends).map(([id, others]) => needs(id, ...others));
        const blamed = new Map(Object.entries(blames).flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first]])));
        const ordered = causesFirst(fallen, services, blamed);
        assert.deepEqual([...ordered].sort(), [...fallen].sort());
      }),
    );
  });
});
