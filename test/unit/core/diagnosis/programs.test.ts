/** Which command lines run the same program. */
import assert from 'node:assert/strict';
import { isSameProgram, programOf } from '../../../../src/core/diagnosis/programs';
import { agentOf, isInteractiveShell } from '../../../../src/core/diagnosis/terminalProcesses';

describe('core/diagnosis: programs', () => {
  const same: readonly (readonly [string, string])[] = [
    ['python3 -m uvicorn main:app --port 8000', '/venv/bin/python /venv/bin/uvicorn main:app --port 8001 --reload'],
    ['node server.js 8000', 'node --inspect=0 ./server.js 8001'],
    ['node /shop/node_modules/.bin/vite --port 5173', 'node /shop/node_modules/vite/bin/vite.js'],
    ['vite', 'vite dev --host 0.0.0.0'],
    ['node -r dotenv/config server.js', 'node server.js'],
    ['python manage.py runserver', 'python3 manage.py runserver 0.0.0.0:8001'],
    ['next-server (v15.1.0)', 'next-server (v15.1.0)'],
    ['C:\\node\\node.exe server.js', 'node server.js'],
    ['ruby bin/rails server', 'ruby3.2 bin/rails server -p 3001'],
  ];
  for (const [one, other] of same) it(`${one} is ${other}`, () => assert.ok(isSameProgram(one, other)));

  const different: readonly (readonly [string, string])[] = [
    ['vite', 'vite build'],
    ['vite', 'vite preview --port 4173'],
    ['uvicorn main:app', 'uvicorn admin:app'],
    ['node a.js', 'node b.js'],
    ['python -c "from multiprocessing.spawn import spawn_main"', 'python -c "from multiprocessing.spawn import spawn_main"'],
    ['node -e "require(1)"', 'node -e "require(1)"'],
    ['[kworker]', '[kworker]'],
    ['', ''],
    ['npm run dev', 'npm test'],
    ['python manage.py runserver', 'python manage.py migrate'],
  ];
  for (const [one, other] of different) it(`${one} is not ${other}`, () => assert.ok(!isSameProgram(one, other)));

  it('knows agents by their program, and not by an argument', () => {
    assert.equal(agentOf('node /home/me/.npm/bin/claude --continue'), 'claude');
    assert.equal(agentOf('/usr/bin/python3 /home/me/.local/bin/aider'), 'aider');
    assert.equal(agentOf('codex'), 'codex');
    assert.equal(agentOf('cat claude'), undefined);
    assert.equal(agentOf('node server.js claude'), undefined);
  });

  it('takes a shell with a script or a command for none that waits for input', () => {
    for (const line of [
      '/bin/bash --init-file /x/shellIntegration-bash.sh',
      '-zsh',
      'pwsh -noexit -command "try { . x.ps1 } catch {}"',
      'fish --init-command "source x"',
      'bash',
    ])
      assert.ok(isInteractiveShell(line), line);
    for (const line of [
      'bash -c "npm run dev"',
      'bash deploy.sh',
      'cmd /d /s /c npm',
      'node server.js',
      'powershell -Command npm',
    ])
      assert.ok(!isInteractiveShell(line), line);
  });

  it('reads a long line in linear time, and no further than its first 4,000 characters', () => {
    assert.deepEqual(programOf(`node ${'a'.repeat(100_000)}`)?.words, []);
  });
});
