import assert from 'node:assert/strict';
import { planOf, readPlan } from '../../../../src/core/compose/followPlan';
import { baseOf, idWords, killWords, stopWords, upWords, withProgram } from '../../../../src/core/compose/words';
import type { ComposeRef } from '../../../../src/core/model/service';
import { serviceSpec } from '../../../support/fakes/specs';

const plain: ComposeRef = { service: 'db', files: [], profiles: [], build: false };
const full: ComposeRef = { service: 'db', files: ['a b.yaml', 'c.yaml'], profiles: ['dev'], project: 'shop', build: true };

describe('core/compose/words', () => {
  it('calls Compose with files, profiles and project before the command, and the service last', () => {
    assert.deepEqual(upWords(plain), ['docker', 'compose', 'up', '-d', 'db']);
    const options = ['-f', 'a b.yaml', '-f', 'c.yaml', '--profile', 'dev', '-p', 'shop'];
    assert.deepEqual(upWords(full), ['docker', 'compose', ...options, 'up', '-d', '--build', 'db']);
  });

  for (const ref of [plain, full]) {
    for (const program of [['/usr/bin/docker', 'compose'], ['/usr/bin/docker-compose']]) {
      it(`finds the options again of ${program.join(' ')} with ${ref.files.length} files`, () => {
        const resolved = withProgram(upWords(ref), program);
        const base = baseOf(resolved, ref);
        assert.deepEqual(base.slice(0, program.length), program);
        assert.deepEqual(resolved, [...base, 'up', '-d', ...(ref.build ? ['--build'] : []), 'db']);
        assert.equal(base.includes('up'), false);
      });
    }
  }

  it('rounds the grace period up to whole seconds', () => {
    const seconds = (ms: number) => stopWords(['x'], plain, ms).slice(1);
    assert.deepEqual(seconds(0), ['stop', '-t', '0', 'db']);
    assert.deepEqual(seconds(1), ['stop', '-t', '1', 'db']);
    assert.deepEqual(seconds(10_000), ['stop', '-t', '10', 'db']);
    assert.deepEqual(seconds(1500), ['stop', '-t', '2', 'db']);
  });

  it('names only the service in what ends and lists its containers', () => {
    assert.deepEqual(killWords(['x', 'compose'], plain), ['x', 'compose', 'kill', 'db']);
    assert.deepEqual(idWords(['x'], plain), ['x', 'ps', '-a', '-q', 'db']);
  });
});

describe('core/compose/followPlan', () => {
  const spec = serviceSpec('db', { compose: full, command: upWords(full), stopGracePeriod: 3000 });

  it('has the whole paths of the programs that were found', () => {
    const plan = planOf(spec, withProgram(upWords(full), ['/opt/docker', 'compose']));
    assert.equal(plan?.docker, '/opt/docker');
    assert.deepEqual(plan.stop.slice(-4), ['stop', '-t', '3', 'db']);
    assert.deepEqual(plan.ids.slice(0, 2), ['/opt/docker', 'compose']);
    assert.equal(planOf(spec, withProgram(upWords(full), ['/opt/docker-compose']))?.docker, 'docker');
  });

  it('is none for a service without compose', () => {
    assert.equal(planOf(serviceSpec('web'), ['node', 'server.js']), undefined);
    assert.equal(planOf(spec, 'pg_isready'), undefined);
  });

  it('is read again from its JSON, and from nothing else', () => {
    const plan = planOf(spec, upWords(full));
    assert.deepEqual(readPlan(JSON.stringify(plan)), plan);
    for (const wrong of [undefined, '', '{', 'null', '[]', '{"docker":"x"}', JSON.stringify({ ...plan, up: [] })])
      assert.equal(readPlan(wrong), undefined, wrong);
    assert.equal(readPlan(JSON.stringify({ ...plan, stop: ['x', 1] })), undefined);
  });
});
