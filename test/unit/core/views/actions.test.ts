import assert from 'node:assert/strict';
import { parseServices } from '../../../../src/core/config/parse';
import type { Service } from '../../../../src/core/lifecycle/state';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { actionsOf, contextValue } from '../../../../src/core/views/actions';
import { healthy, running } from './samples';

/** The actions of a healthy service with this entry in services.json. */
const actionsFor = (entry: object): readonly string[] => actionsOf(healthyWith(entry));

function healthyWith(entry: object): Service {
  const text = JSON.stringify({ services: { api: { command: 'x', ...entry } } });
  const [spec] = parseServices(text, { folder: '/shop', folderName: 'shop', multiRoot: false }).services;
  return { spec: spec ?? assert.fail('not valid'), state: { lifecycle: running(healthy), restarts: noRestarts } };
}

describe('core/views/actions', () => {
  it('opens a browser for a service with a port', () => {
    assert.ok(actionsFor({ role: 'backend', port: 8000 }).includes('open'));
  });

  it('opens no browser for a database, unless its file names an address', () => {
    assert.ok(!actionsFor({ role: 'database', port: 5432 }).includes('open'));
    assert.ok(actionsFor({ role: 'database', port: 9200, url: 'http://localhost:5601' }).includes('open'));
  });

  it('offers to run a command only where there is one', () => {
    const words = (entry: object): readonly string[] => contextValue(healthyWith(entry)).split(';');
    assert.ok(words({ commands: { Seed: 'python seed.py' } }).includes('commands'));
    assert.ok(!words({ commands: {} }).includes('commands'));
  });

  it('opens no browser for a service without an address', () => {
    assert.ok(!actionsFor({ role: 'worker' }).includes('open'));
  });
});
