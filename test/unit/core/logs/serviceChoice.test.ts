/** Which services a log shows, whatever is under way between the page and the extension. */
import assert from 'node:assert/strict';
import { chosenByUser, chosenInSnapshot } from '../../../../src/core/logs/serviceChoice';

describe('the services that a log shows', () => {
  const all = { ids: [], count: 0 };

  it('are those that the user chose, also when an earlier choice is answered later', () => {
    const first = chosenByUser(all, ['web']);
    const second = chosenByUser(first, ['web', 'api']);
    const late = chosenInSnapshot(chosenInSnapshot(second, { chosen: [], answers: 0 }), { chosen: ['web'], answers: 1 });
    assert.deepEqual([first.ids, second.ids, late.ids], [['web'], ['web', 'api'], ['web', 'api']]);
  });

  it('are those that exist, once the extension has responded to the latest choice', () => {
    const chosen = chosenByUser(all, ['web', 'gone']);
    assert.deepEqual(chosenInSnapshot(chosen, { chosen: ['web'], answers: 1 }).ids, ['web']);
  });

  it('are those that were chosen in the extension after that', () => {
    const answered = chosenInSnapshot(chosenByUser(all, ['web']), { chosen: ['web'], answers: 1 });
    assert.deepEqual(chosenInSnapshot(answered, { chosen: ['api'], answers: 1 }).ids, ['api']);
  });
});
