import assert from 'node:assert/strict';
import { locateChecks } from '../../../../src/core/config/locate';
import { checkNotification } from '../../../../src/core/checks/checkNotification';
import { checkSuites } from '../../../../src/core/checks/checkSuites';
import { jobSpec } from '../../../support/fakes/specs';
import { parse } from '../config/marked';

const text = `{
  "services": {
    "web": {
      "command": "npm start",
      "port": 3000,
      "checks": [
        { "name": "Orders", "http": "/orders" },
        { "http": "/users", "status": 204 }
      ]
    },
    "job": { "command": "make" },
    "api": { "command": "x", "port": 1, "health": { "http": "/health" } }
  }
}`;

describe('core/checks/checkSuites', () => {
  const places = locateChecks(text);
  const suites = checkSuites(parse(text).services, ({ key }) => places.get(key));
  const written = ({ range }: { readonly range: { readonly offset: number; readonly length: number } | undefined }) =>
    range && text.slice(range.offset, range.offset + range.length);

  it('makes one suite per service with checks in the order of the file', () => {
    assert.deepEqual(
      suites.map(({ id, tests }) => [id, ...tests.map(({ label }) => label)]),
      [['web', 'Health', 'Orders', '/users']],
    );
  });

  it('finds the places of the checks in the file, and gives no other test an icon in the gutter', () => {
    assert.deepEqual([suites[0]?.range, suites[0]?.tests[0]?.range], [undefined, undefined]);
    assert.deepEqual(suites[0]?.tests.slice(1).map(written), [
      '{ "name": "Orders", "http": "/orders" }',
      '{ "http": "/users", "status": 204 }',
    ]);
  });

  it('returns no range when the file does not contain the place', () => {
    const [suite] = checkSuites([jobSpec('job', { checks: [{ name: 'a', http: '/a' }] })], () => undefined);
    assert.deepEqual([suite?.range, suite?.tests[0]?.range], [undefined, undefined]);
  });

  it('finds no places in a file that is not services.json', () => {
    for (const none of ['', '[]', '{ "services": 1 }', '{ "services": { "a": 1 } }']) {
      assert.deepEqual(locateChecks(none).get('a') ?? [], []);
    }
  });
});

describe('core/checks/checkNotification', () => {
  it('counts the checks, and shows the message of the first failure', () => {
    const fine = { name: 'Health', ok: true };
    const bad = { name: 'Orders', ok: false, message: 'Expected status 200, got 404.' };
    assert.deepEqual(checkNotification('web', [fine, fine]), { ok: true, text: 'web: 2 of 2 checks passed.' });
    assert.deepEqual(checkNotification('web', [fine]), { ok: true, text: 'web: 1 of 1 check passed.' });
    assert.deepEqual(checkNotification('web', [fine, bad, { ...bad, name: 'Users' }]), {
      ok: false,
      text: 'web: 2 of 3 checks failed. Orders: Expected status 200, got 404.',
    });
  });
});
