/** Which port of this machine belongs to a container, and which one it did not get. */
import assert from 'node:assert/strict';
import { takenPort } from '../../../../src/core/compose/publishedPort';

const errors: readonly (readonly [error: string, port: number | undefined])[] = [
  [
    'driver failed programming external connectivity on endpoint db: Bind for 0.0.0.0:5432 failed: port is already allocated',
    5432,
  ],
  ['driver failed: Error starting userland proxy: listen tcp4 0.0.0.0:15432: bind: address already in use', 15_432],
  ['failed to bind host port 0.0.0.0:5432/tcp: address already in use', 5432],
  ['OCI runtime create failed: exec: "serve": executable file not found in $PATH', undefined],
  ['', undefined],
];

describe('core/compose: the port that a container did not get', () => {
  for (const [error, port] of errors)
    it(`is ${port ?? 'none'} in "${error.slice(-40)}"`, () => assert.equal(takenPort({ error }), port));
});
