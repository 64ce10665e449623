import assert from 'node:assert/strict';
import { locateChecks } from '../../../../src/core/config/locate';
import { checkNotice } from '../../../../src/core/checks/checkNotice';
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

describe('the suites of the Test Explorer', () => {
  const places = locateChecks(text);
  const suites = checkSuites(parse(text).services, ({ key }) => places.get(key));
  const written = ({ range }: { readonly range: { readonly offset: number; readonly length: number } | undefined }) =>
    range && text.slice(range.offset, range.offset + range.length);

  it('are one a service in the order of the file; what has nothing to check has none', () => {
    assert.deepEqual(
      suites.map(({ id, tests }) => [id, ...tests.map(({ label }) => label)]),
      [
        ['web', 'Health', 'Orders', '/users'],
        ['api', 'Health'],
      ],
    );
  });

  it('know where everything stands', () => {
    assert.deepEqual(suites[0]?.tests.map(written), [
      '"port": 3000',
      '{ "name": "Orders", "http": "/orders" }',
      '{ "http": "/users", "status": 204 }',
    ]);
    assert.deepEqual(suites[1]?.tests.map(written), ['"health": { "http": "/health" }']);
    assert.match(suites.map(written)[0] ?? '', /^"web": \{[^]*\}$/);
  });

  it('say no place when the file cannot tell', () => {
    const [suite] = checkSuites([jobSpec('job', { checks: [{ name: 'a', http: '/a' }] })], () => undefined);
    assert.deepEqual([suite?.range, suite?.tests[0]?.range], [undefined, undefined]);
  });

  it('find nothing in a text that is none', () => {
    for (const none of ['', '[]', '{ "services": 1 }', '{ "services": { "a": 1 } }']) {
      assert.deepEqual(locateChecks(none).get('a')?.checks ?? [], []);
    }
  });
});

describe('the notification about checks', () => {
  it('counts what passed, or tells the first failure', () => {
    const fine = { name: 'Health', ok: true };
    const bad = { name: 'Orders', ok: false, message: 'Expected status 200, got 404.' };
    assert.deepEqual(checkNotice('web', [fine, fine]), { ok: true, text: 'web: 2 of 2 checks passed.' });
    assert.deepEqual(checkNotice('web', [fine]), { ok: true, text: 'web: 1 of 1 check passed.' });
    assert.deepEqual(checkNotice('web', [fine, bad, { ...bad, name: 'Users' }]), {
      ok: false,
      text: 'web: 2 of 3 checks failed. Orders: Expected status 200, got 404.',
    });
  });
});
