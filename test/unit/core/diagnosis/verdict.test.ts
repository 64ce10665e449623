import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { askChat } from '../../../../src/core/diagnosis/actions';
import { verdictCommands, verdictMarkdown } from '../../../../src/core/diagnosis/verdict';
import { verdictKey } from '../../../../src/core/snapshot/verdictKey';
import type { Health } from '../../../../src/core/model/health';
import { bad, crash, failed, healthy, refused, running, runningWith, service } from '../views/samples';

const text = fc.oneof(fc.string(), fc.constantFrom('[x](command:evil)', '$(bug)', '**b**', '<img src=x>', 'a\n\n# b', '| |'));
const finding: fc.Arbitrary<Finding> = fc.record({
  code: fc.constant('crashed' as const),
  severity: fc.constant('error' as const),
  short: text,
  title: text,
  detail: text,
  evidence: fc.array(text),
  actions: fc.array(
    fc.record({
      title: text,
      command: fc.constantFrom('serviceLifecycle.start', 'serviceLifecycle.openFile'),
      arguments: fc.array(text),
    }),
    { maxLength: 3 },
  ),
});
const verdict: Finding = {
  code: 'crashed',
  severity: 'error',
  short: 'Down',
  title: 'backend is down',
  detail: 'Nothing is listening',
  evidence: ['a', 'b', 'c', 'd', 'e'],
  actions: [{ title: 'Start', command: 'serviceLifecycle.start', arguments: ['backend'] }],
};

const unhealthyFor = (last: typeof bad, failures: number): Health => ({
  kind: 'unhealthy',
  since: 50_000,
  streak: { successes: 0, failures },
  last,
});

describe('core/diagnosis/verdict', () => {
  it('shows the verdict, its detail, the first lines of evidence and links for the actions', () => {
    assert.deepEqual(verdictMarkdown(service(failed(crash)), [verdict, { ...verdict, title: 'another' }]).split('\n'), [
      '**backend is down**',
      '',
      'Nothing is listening',
      '',
      '- a',
      '- b',
      '- c',
      '- d',
      '',
      '[Start](command:serviceLifecycle.start?%5B%22backend%22%5D) · [Diagnose](command:serviceLifecycle.diagnose?%5B%22backend%22%5D)',
    ]);
  });

  it('links to the diagnosis when nothing was found', () => {
    const chat = [askChat('backend')];
    assert.match(
      verdictMarkdown(service(failed(crash)), [verdict], chat),
      / · \[Ask Chat\]\(command:serviceLifecycle\.askChat\?\S+\)$/,
    );
    assert.ok(verdictCommands([], chat).includes('serviceLifecycle.askChat'));
    assert.match(verdictMarkdown(service(failed(crash)), []), /^\[Diagnose\]\(command:serviceLifecycle\.diagnose\?\S+\)$/);
  });

  it('escapes everything in a finding, and lists every command that its links run', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 2 }), (findings) => {
        const markdown = verdictMarkdown(service(failed(crash)), findings);
        assert.doesNotMatch(markdown, /\$\(|<img|\n#/);
        const used = [...markdown.matchAll(/\]\(command:([\w.]+)/g)].map(([, command = '']) => command);
        assert.equal(used.length, (findings[0]?.actions.length ?? 0) + 1);
        assert.deepEqual(
          used.filter((command) => !verdictCommands(findings).includes(command)),
          [],
        );
      }),
    );
  });

  it('keeps its key for further probes with the same outcome, and changes it for another failure or run', () => {
    const key = (health: Health): string => verdictKey(service(running(health)));
    const first = key(unhealthyFor(bad, 3));
    assert.equal(key(unhealthyFor({ ...bad, at: 100_000, latencyMs: 9 }, 4)), first);
    assert.notEqual(key(unhealthyFor(refused, 4)), first);
    const partly = verdictKey(service(runningWith(healthy, { ended: [{ name: 'api' }] })));
    assert.notEqual(partly, key(healthy));
    assert.notEqual(partly, verdictKey(service(runningWith(healthy, { ended: [{ name: 'web' }] }))));
    assert.notEqual(verdictKey(service(failed(crash))), first);
    assert.notEqual(verdictKey(service({ ...failed(crash), run: 'r2' })), verdictKey(service(failed(crash))));
  });
});
