import assert from 'node:assert/strict';
import { parseServices } from '../../../../src/core/config/parse';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { actionsOf } from '../../../../src/core/views/actions';
import { healthy, running } from './samples';

/** The actions of a healthy service with this entry in services.json. */
function actionsFor(entry: object): readonly string[] {
  const text = JSON.stringify({ services: { api: { command: 'x', ...entry } } });
  const [spec] = parseServices(text, { folder: '/shop', folderName: 'shop', multiRoot: false }).services;
  return actionsOf({ spec: spec ?? assert.fail('not valid'), state: { lifecycle: running(healthy), restarts: noRestarts } });
}

describe('core/views/actions', () => {
  it('opens a browser for a service with a port', () => {
    assert.ok(actionsFor({ role: 'backend', port: 8000 }).includes('open'));
  });

  it('opens no browser for a database, unless its file names an address', () => {
    assert.ok(!actionsFor({ role: 'database', port: 5432 }).includes('open'));
    assert.ok(actionsFor({ role: 'database', port: 9200, url: 'http://localhost:5601' }).includes('open'));
  });

  it('opens no browser for a service without an address', () => {
    assert.ok(!actionsFor({ role: 'worker' }).includes('open'));
  });
});
