import assert from 'node:assert/strict';
import type { Service } from '../../../../src/core/lifecycle/state';
import { groupChoices, groupNamed, rowOf } from '../../../../src/core/views/grouping';
import type { Together } from '../../../../src/core/views/grouping';
import { everyState, service } from './samples';

const never = everyState['never'] ?? assert.fail();
const made = (key: string, role: 'backend' | 'frontend', ...groups: readonly string[]): Service =>
  service(never, { id: key, key, role, groups });
const services = [made('api', 'backend', 'core'), made('web', 'frontend', 'core', 'folder:/shop'), made('docs', 'frontend')];
const ids = (together: Together | undefined): readonly string[] | undefined => together?.services.map(({ spec }) => spec.id);

describe('core/views/grouping', () => {
  it('finds the services that a row of a folder, a group or a role stands for', () => {
    assert.deepEqual(ids(rowOf('group:core', services)), ['api', 'web']);
    assert.deepEqual(ids(rowOf('role:frontend', services)), ['web', 'docs']);
    assert.deepEqual(ids(rowOf('folder:/shop', services)), ['api', 'web', 'docs']);
    assert.deepEqual(ids(rowOf('group:folder:/shop', services)), ['web']);
  });

  it('finds none for the row of a service, or of a role without services', () => {
    for (const key of ['service:api', 'group:core/service:api', 'role:worker', 'core'])
      assert.equal(rowOf(key, services), undefined, key);
  });

  it('finds a group by its name, with and without @', () => {
    assert.deepEqual(
      [ids(groupNamed('core', services)), ids(groupNamed('@core', services))],
      [
        ['api', 'web'],
        ['api', 'web'],
      ],
    );
    assert.deepEqual([groupNamed('other', services), groupNamed('@@core', services)], [undefined, undefined]);
  });

  it('lists the groups to choose from with their services', () => {
    assert.deepEqual(groupChoices(services)[0], { label: 'core', description: 'api and web' });
  });
});
