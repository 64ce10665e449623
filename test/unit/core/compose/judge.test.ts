import assert from 'node:assert/strict';
import { chosen, idsIn } from '../../../../src/core/compose/choose';
import { judgeContainer } from '../../../../src/core/compose/judge';
import type { Container } from '../../../../src/core/model/container';
import { aContainer } from '../../../support/fakes/containers';

describe('core/compose/judge', () => {
  const cases: readonly (readonly [Partial<Container> | undefined, ReturnType<typeof judgeContainer>])[] = [
    [undefined, { kind: 'container', state: 'missing' }],
    [{ state: 'created' }, { kind: 'container', state: 'created' }],
    [{ state: 'paused' }, { kind: 'container', state: 'paused' }],
    [{ state: 'restarting' }, { kind: 'container', state: 'restarting' }],
    [{ state: 'removing' }, { kind: 'container', state: 'exited' }],
    [{ state: 'exited' }, { kind: 'container', state: 'exited' }],
    [{ state: 'dead' }, { kind: 'container', state: 'exited' }],
    [{ state: 'running' }, undefined],
    [{ health: { status: 'healthy', failures: 0, output: 'ok' } }, undefined],
    // One failed check is none for the engine, which counts them.
    [{ health: { status: 'healthy', failures: 1, output: 'refused' } }, undefined],
    [{ health: { status: 'starting', failures: 1, output: 'refused' } }, { kind: 'containerStarting' }],
    [{ health: { status: 'unhealthy', failures: 3, output: 'refused' } }, { kind: 'containerUnhealthy', detail: 'refused' }],
    // What does not run is not judged by its last health.
    [
      { state: 'exited', health: { status: 'healthy', failures: 0, output: '' } },
      { kind: 'container', state: 'exited' },
    ],
  ];
  for (const [container, failure] of cases)
    it(`judges ${JSON.stringify(container)}`, () =>
      assert.deepEqual(judgeContainer(container && aContainer(container)), failure));
});

describe('core/compose/choose', () => {
  it('takes one that runs, else the one that started last', () => {
    const [old, late] = [aContainer({ id: 'a', startedAt: '2026-01-01' }), aContainer({ id: 'b', startedAt: '2026-01-02' })];
    assert.equal(chosen([]), undefined);
    assert.equal(chosen([old, late])?.id, 'b');
    assert.equal(chosen([{ ...late, state: 'exited' }, old])?.id, 'a');
    assert.equal(
      chosen([
        { ...late, state: 'exited' },
        { ...old, state: 'restarting' },
      ])?.id,
      'a',
    );
    assert.equal(
      chosen([
        { ...late, state: 'exited' },
        { ...old, state: 'dead' },
      ])?.id,
      'b',
    );
  });

  it('reads ids, and no warnings between them', () => {
    const id = 'a1'.repeat(32);
    assert.deepEqual(idsIn(`WARN[0000] the attribute \`version\` is obsolete\r\n${id}\n\n ${id.slice(0, 12)} \n`), [
      id,
      id.slice(0, 12),
    ]);
    assert.deepEqual(idsIn(''), []);
  });
});
