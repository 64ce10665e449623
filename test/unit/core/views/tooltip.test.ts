import assert from 'node:assert/strict';
import fc from 'fast-check';
import { brokenTooltip, serviceTooltip } from '../../../../src/core/views/tooltip';
import { anyBroken, anyService, time } from './arbitrary';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { crash, everyState, healthy, now, running, service, spec, unhealthy } from './samples';

/** Returns the lines as they are displayed: entities decoded, without emphasis. */
const read = (markdown: string): string[] =>
  markdown
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('**', '')
    .split('\n');

describe('core/views/tooltip', () => {
  it('shows the forwarded address of a remote window below the one on the machine of the service', () => {
    const lines = read(serviceTooltip(service(running(healthy)), now, { externalUrl: 'https://shop-8000.example.dev/' }));
    const at = lines.indexOf('| Address | http://localhost:8000/ |');
    assert.equal(lines[at + 1], '| Forwarded address | https://shop-8000.example.dev/ |');
  });

  it('shows process, uptime, command, folder and probe of a healthy service', () => {
    const state = { lifecycle: running(healthy), restarts: { inARow: 0, total: 2 } };
    assert.deepEqual(read(serviceTooltip({ spec: spec({ cwd: 'backend' }), state }, now)), [
      '| backend |  |',
      '| --- | --- |',
      '| State | Healthy |',
      '| Process | pid 4711 |',
      '| Up for | 1 min 30 s |',
      '| Command | python -m uvicorn main:app |',
      '| Folder | backend |',
      '| Address | http://localhost:8000/ |',
      '| Last probe | ok, HTTP 200, in 12 ms, 1 s ago |',
      '| Restarts | 2 |',
    ]);
  });

  it('shows the reason and the last probe', () => {
    const lines = read(serviceTooltip(service(running(unhealthy)), now));
    const error = 'Health check returned HTTP 500 (expected 200–399).';
    assert.ok(lines.includes(`| Reason | ${error} |`));
    assert.ok(lines.includes(`| Last probe | failed, HTTP 500, in 3 ms, 1 s ago: ${error} |`));
  });

  it('repeats neither the name nor the reason below a verdict', () => {
    const lines = read(serviceTooltip(service(running(unhealthy)), now, { place: 'belowVerdict' }));
    assert.equal(lines[0], '|  |  |');
    assert.ok(lines.includes('| Process | pid 4711 |'));
    assert.ok(lines.every((line) => !/\| (State|Reason|backend) \|/.test(line)));
  });

  it('shows how the last command ended, the cause first', () => {
    const end = { kind: 'failed', exitCode: 1, cause: "No module named 'faker'" } as const;
    const lines = (of: Parameters<typeof serviceTooltip>[0]): readonly string[] => read(serviceTooltip(of, now));
    const commandStates = { 'Seed <data>': { isRunning: false, last: { at: now - 90_000, end } } };
    assert.ok(
      lines({ ...service(running(healthy)), commandStates }).includes(
        "| Last command | Seed <data>: No module named 'faker' (exit code 1), 1 min 30 s ago |",
      ),
    );
    assert.ok(lines(service(running(healthy))).every((line) => !line.includes('Last command')));
  });

  it('names the role where the key does not', () => {
    assert.equal(read(serviceTooltip(service(running(healthy), { key: 'api', id: 'api' }), now))[0], '| api | backend |');
  });

  it('keeps the last failure and its verdict after a stop has quieted it', () => {
    const lifecycle: Lifecycle = { kind: 'stopped', run: 'r', cause: { kind: 'dismissed', failure: crash } };
    const verdict = { code: 'syntax-error', title: 'Syntax error in main.py, line 3', short: 'Syntax error: main.py:3' };
    const lines = read(serviceTooltip({ ...service(lifecycle), verdict }, now));
    assert.ok(lines.includes('| State | Stopped |'));
    assert.ok(lines.some((line) => line.startsWith('| Reason | Stopped after it failed: SyntaxError: invalid syntax')));
    assert.ok(lines.includes('| Verdict | Syntax error in main.py, line 3 |'));
  });

  it('shows how long a passing state has lasted', () => {
    const starting = everyState['starting'];
    assert.ok(starting !== undefined);
    assert.ok(read(serviceTooltip(service(starting), now)).includes('| State | Starting · 3 s |'));
  });

  it('shows commands literally', () => {
    const command = ['sh', '-c', 'a | b && **c** <img src=x> $(bug) [x](command:evil)'];
    const tooltip = serviceTooltip(service(running(healthy), { command }), now);
    assert.doesNotMatch(tooltip, /<img|\$\(bug|\]\(command|&&/);
    assert.ok(
      read(tooltip.replaceAll('&#42;', '*')).includes('| Command | sh -c a | b && c <img src=x> $(bug) [x](command:evil) |'),
    );
  });

  it('is a table of two columns for any names, commands and states', () => {
    fc.assert(
      fc.property(anyService, time, (any, at) => {
        for (const line of serviceTooltip(any, at).split('\n')) assert.match(line, /^\| [^|]* \| [^|]* \|$/u);
      }),
    );
    fc.assert(
      fc.property(anyBroken, (broken) => assert.match(brokenTooltip(broken), /^\*\*[^*]*\*\* has an invalid configuration/u)),
    );
  });
});
