/** Versions that do not fit, as services start one by one. */
import assert from 'node:assert/strict';
import { KnownMismatches } from '../../../../src/app/diagnosis/knownMismatches';
import type { RuntimeMismatch } from '../../../../src/app/diagnosis/runtimeMismatches';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { serviceSpec } from '../../../support/fakes/specs';

const [web, api] = [serviceSpec('web'), serviceSpec('api')];
const all = [web, api];

const mismatch = (spec: ServiceSpec, message = `${spec.key} runs with Node 20`): RuntimeMismatch => ({
  spec,
  message,
  actions: [],
});

describe('app/diagnosis/knownMismatches', () => {
  function scene() {
    const looks: string[] = [];
    const wrong = new Set(['web', 'api']);
    const known = new KnownMismatches((spec) => {
      looks.push(spec.key);
      return Promise.resolve(wrong.has(spec.key) ? mismatch(spec) : undefined);
    });
    return { looks, wrong, known, shown: () => known.of(all).map(({ spec }) => spec.key) };
  }

  it('looks only at what is checked, and keeps what it knows of the others', async () => {
    const { looks, wrong, known, shown } = scene();
    assert.deepEqual(
      (await known.check(all)).map(({ spec }) => spec.key),
      ['web', 'api'],
    );
    wrong.clear();
    assert.deepEqual(await known.check([api]), []);
    assert.deepEqual([looks, shown()], [['web', 'api', 'api'], ['web']]);
  });

  it('forgets services that are no longer there', async () => {
    const { known, shown } = scene();
    await known.check(all);
    known.retain([api]);
    assert.deepEqual(shown(), ['api']);
  });

  it('prefers the later look, also when the earlier one takes longer', async () => {
    const answers: ((found: RuntimeMismatch | undefined) => void)[] = [];
    const known = new KnownMismatches(async () => new Promise((resolve) => answers.push(resolve)));
    const [first, second] = [known.check([web]), known.check([web])];
    answers[1]?.(undefined);
    assert.deepEqual(await second, []);
    answers[0]?.(mismatch(web));
    await first;
    assert.deepEqual(known.of(all), []);
  });
});
