/** The list of a large project: groups, and which rows are selected at first. */
import assert from 'node:assert/strict';
import type { ComparedProposal } from '../../../../src/core/addServices/proposal';
import { groupsOf, selectedAtFirst } from '../../../../src/core/addServices/proposalGroups';

type Config = ComparedProposal['proposal']['config'];

const proposal = (id: string, config: Partial<Config>): ComparedProposal => ({
  proposal: { id, config: { command: 'run', ...config }, evidence: [] },
});

const many = (count: number, role: NonNullable<Config['role']>): readonly ComparedProposal[] =>
  Array.from({ length: count }, (_, index) => proposal(`${role}${index}`, { role }));

describe('core/addServices/proposalGroups', () => {
  it('returns a short list as it is, with all rows selected', () => {
    const found = [...many(18, 'other'), proposal('api', { role: 'backend' })];
    assert.deepEqual(
      groupsOf(found).map(({ title, found: rows }) => [title, rows.length]),
      [[undefined, 19]],
    );
    assert.equal(selectedAtFirst(found).size, 19);
  });

  it('returns no group without new services', () => {
    assert.deepEqual(groupsOf([{ ...proposal('api', { role: 'backend' }), presentAs: 'backend' }]), []);
  });

  it('groups a list of twenty rows, and selects the app with what it needs', () => {
    const found = [
      ...many(10, 'other'),
      ...many(7, 'database'),
      proposal('api', { role: 'backend', dependsOn: { database1: 'healthy' } }),
      proposal('jobs', { role: 'worker', dependsOn: ['other2'] }),
      proposal('web', { role: 'frontend', dependsOn: ['api'] }),
      { ...proposal('old', { role: 'backend' }), presentAs: 'old' },
    ];
    assert.deepEqual(
      groupsOf(found).map(({ title, found: rows }) => [title, rows.length]),
      [
        ['App', 3],
        ['Databases', 7],
        ['Tools', 10],
      ],
    );
    assert.deepEqual([...selectedAtFirst(found)].sort(), ['api', 'database1', 'jobs', 'other2', 'web']);
  });

  it('leaves out a group without rows', () => {
    assert.deepEqual(
      groupsOf(many(20, 'backend')).map(({ title }) => title),
      ['App'],
    );
  });
});
