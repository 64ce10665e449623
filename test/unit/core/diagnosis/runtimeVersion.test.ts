/** A version that does not fit is blamed only for what follows from it. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { oldNode, viteRefuses } from './runtimeCases';
import { crashedWith, facts } from './sample';

const codesOf = (given: Facts): readonly string[] => findingsOf(given).map(({ code }) => code);
const unfit = known(oldNode);

describe('runtime-version', () => {
  it('does not explain a crash without relation to the version', () => {
    for (const line of [
      'Error: boom',
      "Error: Cannot find module 'express'",
      'Error: listen EADDRINUSE: address already in use :::8000',
    ])
      assert.ok(!codesOf(crashedWith([line], { runtime: unfit })).includes('runtime-version'), line);
  });

  it('does not blame a version that fits for what may have other causes', () => {
    const runtime = known({ ...oldNode, used: '22.11.0', fits: true });
    assert.ok(!codesOf(crashedWith(['ReferenceError: fetch is not defined'], { runtime })).includes('runtime-version'));
    assert.deepEqual(codesOf(crashedWith(["SyntaxError: Unexpected token '}'"], { runtime })), ['syntax-error']);
    assert.deepEqual(codesOf(facts({ runtime })), []);
  });

  it('does not blame an old version for a mistake in the program', () => {
    for (const line of ["SyntaxError: Unexpected token '}'", "SyntaxError: Unexpected identifier 'foo'"])
      assert.deepEqual(codesOf(crashedWith([line], { runtime: unfit })), ['syntax-error'], line);
    const python = known({ ...oldNode, program: 'python' as const, used: '3.9.2', wanted: '>=3.11' });
    assert.deepEqual(codesOf(crashedWith(['SyntaxError: invalid syntax'], { runtime: python })), ['syntax-error']);
  });

  it('does not blame a newer version for a syntax error', () => {
    const runtime = known({ ...oldNode, used: '24.0.0', wanted: '^20' });
    assert.deepEqual(codesOf(crashedWith(["SyntaxError: Unexpected identifier 'with'"], { runtime })), ['syntax-error']);
  });

  it('does not report what was over before the service was healthy', () => {
    const lines = [viteRefuses, 'INFO:     Application startup complete.', 'boom'];
    assert.ok(!codesOf(crashedWith(lines, { runtime: unfit })).includes('runtime-version'));
  });

  it('puts the folder of the right version before the PATH that the service has', () => {
    const runtime = known({ ...oldNode, right: { version: '22.11.0', folder: '/n/bin' } });
    const [found] = findingsOf(facts({ runtime }, { env: { PATH: '/tools:${env:PATH}' } }));
    assert.equal(found?.title, 'backend runs with Node 18.19.0, but package.json asks for >=20.');
    assert.deepEqual(found.actions[0], {
      title: 'Use Node 22.11.0',
      command: 'serviceLifecycle.changeConfig',
      arguments: ['backend', [{ path: ['env', 'PATH'], value: '/n/bin:/tools:${env:PATH}' }]],
    });
  });
});
