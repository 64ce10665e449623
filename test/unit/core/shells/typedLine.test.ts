import assert from 'node:assert/strict';
import { typedLine } from '../../../../src/core/shells/typedLine';

const powerShell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const pwsh = 'C:\\Program Files\\PowerShell\\7\\pwsh.exe';
const cmd = 'C:\\Windows\\System32\\cmd.exe';
const gitBash = 'C:\\Program Files\\Git\\bin\\bash.exe';

const backslashes = '.venv\\Scripts\\python.exe -m pip install "stripe==7"';
const slashes = '.venv/Scripts/python.exe -m pip install "stripe==7"';
const quoted = '"C:\\My Shop\\python.exe" -m pip install stripe';

/** The first action of script-policy. */
const policy = 'Set-ExecutionPolicy -Scope CurrentUser RemoteSigned';

describe('a line that is typed into a terminal of Windows', () => {
  const cases: readonly (readonly [name: string, shell: string, line: string, typed: string])[] = [
    ['PowerShell 5.1', powerShell, backslashes, backslashes],
    ['PowerShell 5.1', powerShell, quoted, `& ${quoted}`],
    ['PowerShell 7', pwsh, quoted, `& ${quoted}`],
    ['PowerShell 7', pwsh, slashes, slashes],
    ['cmd', cmd, slashes, backslashes],
    ['cmd', cmd, quoted, quoted],
    ['cmd', cmd, 'docker compose -f a/b.yml up -d db', 'docker compose -f a/b.yml up -d db'],
    ['Git Bash', gitBash, backslashes, slashes],
    ['Git Bash', gitBash, quoted, quoted],
    ['Git Bash', '/usr/bin/bash', 'npm install', 'npm install'],
    ['an unknown shell', '', slashes, slashes],
    ['PowerShell 5.1', powerShell, policy, policy],
    ['PowerShell 7', pwsh, policy, policy],
    ['cmd', cmd, policy, `powershell -NoProfile -Command "${policy}"`],
    ['Git Bash', gitBash, policy, `powershell -NoProfile -Command "${policy}"`],
    ['cmd', cmd, 'Docker-Compose up', 'Docker-Compose up'],
  ];
  for (const [name, shell, line, typed] of cases)
    it(`is one of ${name}: ${line}`, () => assert.equal(typedLine(line, shell), typed));
});
