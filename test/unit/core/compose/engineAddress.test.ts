/** Where an engine is, by DOCKER_HOST or a context. */
import assert from 'node:assert/strict';
import { hostIn, remoteHost } from '../../../../src/core/compose/engineAddress';

const addresses: readonly (readonly [address: string, host: string | undefined, remote: string | undefined])[] = [
  ['tcp://build.lan:2375', 'build.lan', 'build.lan'],
  ['tcp://10.0.0.5:2376', '10.0.0.5', '10.0.0.5'],
  ['ssh://me@Build.lan', 'build.lan', 'build.lan'],
  ['ssh://me@build.lan:22/run/docker.sock', 'build.lan', 'build.lan'],
  ['build.lan:2375', 'build.lan', 'build.lan'],
  ['tcp://[fd00::5]:2375', '[fd00::5]', '[fd00::5]'],
  ['tcp://127.0.0.1:2375', '127.0.0.1', undefined],
  ['tcp://[::1]:2375', '[::1]', undefined],
  ['ssh://me@localhost', 'localhost', undefined],
  ['tcp://:2375', undefined, undefined],
  ['unix:///var/run/docker.sock', undefined, undefined],
  ['npipe:////./pipe/docker_engine', undefined, undefined],
  ['fd://', undefined, undefined],
  ['', undefined, undefined],
];

describe('core/compose/engineAddress', () => {
  for (const [address, host, remote] of addresses)
    it(`finds ${host ?? 'no host'} in "${address}"`, () => {
      assert.equal(hostIn(address), host);
      assert.equal(remoteHost(address), remote);
    });

  it('reads an address of any length', () => {
    const started = performance.now();
    for (const part of ['a', ':', '@', '[', '/', '.a@']) assert.doesNotThrow(() => hostIn(`tcp://${part.repeat(200_000)}`));
    assert.ok(performance.now() - started < 200);
  });
});
