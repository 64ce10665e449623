import assert from 'node:assert/strict';
import { startsWithWorkspace } from '../../../../src/core/consent/automatic';

describe('core/consent/automatic', () => {
  const inCore = { autoStart: false, groups: ['core', 'web'] };

  it('starts what is marked, whatever the groups are', () => {
    for (const groups of [undefined, [], ['core']]) assert.ok(startsWithWorkspace({ autoStart: true, groups: [] }, groups));
  });

  it('starts the services of a group that the setting names, with and without @', () => {
    assert.ok(startsWithWorkspace(inCore, ['web']));
    assert.ok(startsWithWorkspace(inCore, ['other', '@core']));
  });

  it('starts no service of another group, or of none', () => {
    assert.ok(!startsWithWorkspace(inCore, ['site', 'cor', '@@core']));
    assert.ok(!startsWithWorkspace({ autoStart: false, groups: [] }, ['core']));
  });

  it('starts nothing for a setting of another type', () => {
    for (const groups of [undefined, null, true, 'core', { core: true }, [['core']]])
      assert.ok(!startsWithWorkspace(inCore, groups));
  });
});
