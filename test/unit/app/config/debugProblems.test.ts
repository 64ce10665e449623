import assert from 'node:assert/strict';
import { debugProblems } from '../../../../src/app/config/debugProblems';
import { launchTargets } from '../../../../src/core/debug/launchEntries';
import { serviceSpec } from '../../../support/fakes/specs';

const configurations = [
  { name: 'Attach to api', type: 'node', request: 'attach' },
  { name: 'Half', type: 'node' },
  { name: 7, type: 'node', request: 'launch' },
  null,
  'text',
];
const compounds = [
  { name: 'All of it', configurations: ['Attach to api', { folder: 'web', name: 'Open the page' }, 7] },
  { name: 'Nothing in it', configurations: [] },
  { configurations: ['Attach to api'] },
  null,
];
const targets = launchTargets(configurations, compounds);

const problemsOf = (debug: string | undefined) => {
  const text = `{ "services": { "api": { "command": "x", "debug": ${debug === undefined ? 'null' : JSON.stringify(debug)} } } }`;
  const problems = debugProblems({ text, services: [{ ...serviceSpec('api'), debug }] }, targets);
  return problems.map(({ message, range, suggestion, severity }) => ({
    ...{ message, severity, suggestion },
    at: text.slice(range.offset, range.offset + range.length),
  }));
};

describe('problems of "debug"', () => {
  it('are none without the key, and for the name of a launch configuration', () => {
    assert.deepEqual(problemsOf(undefined), []);
    assert.deepEqual(problemsOf('Attach to api'), []);
  });

  it('are none for the name of a compound that has launch configurations', () => {
    assert.deepEqual(problemsOf('All of it'), []);
    assert.equal(problemsOf('Nothing in it').length, 1);
    assert.deepEqual(targets.compounds, [{ name: 'All of it', configurations: ['Attach to api', 'Open the page'] }]);
  });

  it('warn at the value of a name that no launch configuration has', () =>
    assert.deepEqual(problemsOf('Something else'), [
      {
        message: 'No launch configuration is named "Something else": add it to launch.json.',
        severity: 'warning',
        suggestion: undefined,
        at: '"Something else"',
      },
    ]));

  it('name the configuration that was probably meant', () => {
    const [problem] = problemsOf('Attach to apo');
    assert.equal(problem?.message, 'No launch configuration is named "Attach to apo": did you mean "Attach to api"?');
    assert.equal(problem.suggestion, 'Attach to api');
  });

  it('count an entry without a type or a request as no launch configuration', () => assert.equal(problemsOf('Half').length, 1));

  it('leave any other value of launch.configurations and launch.compounds alone', () =>
    assert.deepEqual(launchTargets({ name: 'x' }, 'x'), { configurations: [], compounds: [] }));
});
