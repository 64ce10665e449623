/** Causes before consequences, by what depends on what and by what a diagnosis blames. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blamedBy, causesFirst, causesOf } from '../../../../src/core/notifications/rootCause';
import type { Service } from '../../../../src/core/lifecycle/state';
import { crash, failed, service } from '../views/samples';

const needs = (id: string, ...others: readonly string[]): Service =>
  service(failed(crash), { id, key: id, dependsOn: others.map((other) => ({ id: other, condition: 'healthy' })) });

const shop = [needs('web', 'api'), needs('worker', 'db'), needs('api', 'db'), needs('db'), needs('docs')];
const ids = shop.map(({ spec }) => spec.id);

describe('core/rootCause', () => {
  it('puts what the others need first, also through one that did not fall', () => {
    assert.deepEqual(causesFirst(ids, shop), ['db', 'docs', 'api', 'worker', 'web']);
    assert.deepEqual(causesFirst(['web', 'docs', 'db'], shop), ['db', 'docs', 'web']);
  });

  it('keeps the order of the file where nothing tells another', () => {
    assert.deepEqual(causesFirst(['docs', 'db'], shop), ['docs', 'db']);
    assert.deepEqual(causesFirst([], shop), []);
  });

  it('believes a diagnosis that blames another service', () => {
    const apart = [needs('worker'), needs('frontend'), needs('backend')];
    const all = ['worker', 'frontend', 'backend'];
    assert.deepEqual(causesFirst(all, apart, new Map([['frontend', 'backend']])), ['backend', 'worker', 'frontend']);
  });

  it('finds every cause once, and no service its own', () => {
    assert.deepEqual([...causesOf('web', shop)].sort(), ['api', 'db']);
    assert.deepEqual([...causesOf('db', shop)], []);
    const circle = [needs('a', 'b'), needs('b', 'a')];
    assert.deepEqual([...causesOf('a', circle)], ['b']);
    assert.deepEqual(causesFirst(['a', 'b'], circle), ['a', 'b']);
  });

  it('reads whom a verdict blames from the diagnosis that it offers', () => {
    const start = { title: 'Start', command: 'serviceLifecycle.start', arguments: ['api'] };
    const diagnose = { title: 'Diagnose db', command: 'serviceLifecycle.diagnose', arguments: ['db'] };
    assert.equal(blamedBy({ actions: [start, diagnose] }), 'db');
    assert.equal(blamedBy({ actions: [start] }), undefined);
  });

  it('loses and invents none, and ends, whatever depends on whatever', () => {
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
