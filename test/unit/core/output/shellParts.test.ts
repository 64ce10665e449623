/** Which command of `a & b` has ended. */
import assert from 'node:assert/strict';
import { isParallel, lostPart } from '../../../../src/core/output/shellParts';
import { row } from '../diagnosis/sample';

const shell = row(10, { command: '/bin/sh -c node api.js & node web.js' });
const child = (pid: number, command: string, ppid = 10) => row(pid, { ppid, command });

describe('core/output/shellParts', () => {
  it('knows commands that run several programs at once', () => {
    for (const script of ['node a.js & node b.js', 'cd api && node a.js & vite', 'a & b & wait'])
      assert.ok(isParallel(script), script);
    for (const script of ['node a.js && node b.js', 'node a.js 2>&1', 'node a.js &> log', 'node a.js &', 'node a.js']) {
      assert.ok(!isParallel(script), script);
    }
  });

  it('names the one whose process is gone', () => {
    assert.equal(lostPart([shell, child(12, 'node web.js')], 10, ''), 'node api.js');
    assert.equal(lostPart([shell, child(11, 'node api.js')], 10, ''), 'node web.js');
  });

  it('finds the shell of a script below a package manager', () => {
    const rows = [
      row(5, { command: 'npm run dev' }),
      row(10, { ppid: 5, command: 'sh -c node api.js & node web.js' }),
      child(12, 'node web.js'),
    ];
    assert.equal(lostPart(rows, 5, 'npm run dev'), 'node api.js');
  });

  it('knows a shell that has replaced itself by its last command', () => {
    assert.equal(lostPart([row(10, { command: 'node web.js' })], 10, 'node api.js & node web.js'), 'node api.js');
    assert.equal(
      lostPart([row(10, { command: 'node web.js' }), child(11, 'node api.js')], 10, 'node api.js & node web.js'),
      undefined,
    );
  });

  it('reports none when all run, when all are gone, and when the command is not parallel', () => {
    assert.equal(lostPart([shell, child(11, 'node api.js'), child(12, 'node web.js')], 10, ''), undefined);
    assert.equal(lostPart([shell], 10, ''), undefined);
    assert.equal(lostPart([row(10, { command: 'sh -c node api.js' }), child(11, 'node api.js')], 10, ''), undefined);
  });

  it('does not guess a name: npx runs under another one', () => {
    const npx = row(10, { command: 'sh -c npx api & npx web' });
    assert.equal(lostPart([npx, child(12, 'npm exec web')], 10, ''), '');
    assert.equal(lostPart([npx, child(11, 'npm exec api'), child(12, 'npm exec web')], 10, ''), undefined);
  });
});
