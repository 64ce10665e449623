import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainProgram, isPlainWord, wordsWithoutShell } from '../../../../src/core/shells/plainLine';
import { commandOf } from '../../../../src/discovery/command';
import { repositoryRoot } from '../../../support/repository';
import { cmdWords, posixWords, powerShellWords, type ShellWords } from '../../../support/shellWords';
import { isHere, posix } from '../../../support/systems';

const shells: Readonly<Record<string, (line: string) => ShellWords>> = {
  PowerShell: powerShellWords,
  cmd: cmdWords,
  ...(isHere(posix) ? { sh: (line: string) => posixWords('sh', line), bash: (line: string) => posixWords('bash', line) } : {}),
};

const withPort = (text: string): string => text.replaceAll('${port}', '8000');

/** What a detector may want to run. */
const wanted: readonly (readonly string[])[] = [
  ['npm', 'run', 'dev', '--', '--port', '${port}', '--strictPort'],
  ['python', '-m', 'uvicorn', 'main:app', '--reload', '--port=${port}'],
  ['../.venv/bin/python', '-m', 'flask', '--app', 'hello', 'run'],
  ['./gradlew', ':api:bootRun', '--args=--server.port=${port}'],
  ['mvn', 'spring-boot:run', '-Dspring-boot.run.arguments=--server.port=${port}'],
  ['.venv\\Scripts\\python.exe', '-m', 'uvicorn', 'main:app'],
  ['.venv/Scripts/python.exe', '-m', 'uvicorn', 'main:app'],
  ['./mvnw.cmd', 'spring-boot:run'],
  ['yarn', 'workspace', '@shop/web', 'dev'],
  ['npx', '@angular/cli@18', 'serve'],
  ['node', 'server.js', 'a,b', 'c;d'],
  ['node', 'C:\\shop\\server.js'],
  ['php', 'artisan', 'serve', '--host=%HOST%'],
  ['node', '=x', '$HOME', 'a b', "it's", '*', 'ü'],
  ['A=b', 'node'],
  ['node', '-e', 'console.log(1)'],
];

describe('a command that discovery writes as a line', () => {
  for (const words of wanted) {
    const command = commandOf(words);
    if (typeof command !== 'string') continue;
    // A path without the ending of a program of Windows is written on other systems only.
    const isForWindows = !words[0]?.includes('/');
    for (const [shell, read] of Object.entries(shells).filter(([name]) => isForWindows || !/cmd|PowerShell/.test(name)))
      it(`is read by ${shell} as it is meant: ${command}`, () => assert.deepEqual(read(withPort(command)), words.map(withPort)));
  }

  it('is one where all shells agree, and a list where one does not', () => {
    const lines = wanted.map(commandOf).filter((command) => typeof command === 'string');
    assert.deepEqual(lines, [
      'npm run dev -- --port ${port} --strictPort',
      'python -m uvicorn main:app --reload --port=${port}',
      '../.venv/bin/python -m flask --app hello run',
      './gradlew :api:bootRun --args=--server.port=${port}',
    ]);
  });

  it('is safe in everything that discovery finds in the sample folders', () => {
    const folder = join(repositoryRoot, 'test', 'fixtures', 'discovery');
    const lines = readdirSync(folder)
      .filter((name) => name.endsWith('.expected.json'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/"command": "((?:[^"\\]|\\.)*)"/g)])
      .map(([, line = '']) => line)
      // Lines that a project has written itself stay as they are.
      .filter((line) => !/["'$\\]/.test(line.replaceAll('${port}', '')));
    assert.ok(lines.length > 50, `${lines.length}`);
    for (const line of lines) {
      const words = line.split(' ');
      assert.ok(isPlainProgram(words[0] ?? '') && words.every(isPlainWord), line);
    }
  });
});

describe('the oracle of shells', () => {
  const differing: readonly (readonly [line: string, shell: string])[] = [
    ['.venv\\Scripts\\python.exe -m x', 'bash'],
    ['.venv/Scripts/python.exe -m x', 'cmd'],
    ['"C:\\Program Files\\x.exe" -m x', 'PowerShell'],
    ['yarn workspace @shop/web dev', 'PowerShell'],
    ['mvn -Da.b=c', 'PowerShell'],
    ['node a,b', 'PowerShell'],
    ['php --host=%HOST%', 'cmd'],
    ['A=b node', 'bash'],
  ];
  for (const [line, shell] of differing) {
    const read = shells[shell];
    if (read === undefined) continue;
    it(`knows that ${shell} reads this otherwise: ${line}`, () => assert.notDeepEqual(read(line), line.split(' ')));
  }
});

describe('a line for Windows that begins with a path', () => {
  const cases: readonly (readonly [line: string, words: readonly string[] | undefined])[] = [
    [
      '.venv\\Scripts\\python.exe -m pip install -r requirements.txt',
      ['.venv\\Scripts\\python.exe', '-m', 'pip', 'install', '-r', 'requirements.txt'],
    ],
    ['  ./mvnw.cmd   spring-boot:run ', ['./mvnw.cmd', 'spring-boot:run']],
    ['"C:\\Program Files\\Python\\python.exe" -m app "a b"', ['C:\\Program Files\\Python\\python.exe', '-m', 'app', 'a b']],
    ['bin/server --port ${port}', ['bin/server', '--port', '${port}']],
    // No path: the shell knows names that the PATH does not have.
    ['python -m app', undefined],
    ['"node" app.js', undefined],
    // A shell has something to do.
    ['bin/server && echo done', undefined],
    ['bin/server > log.txt', undefined],
    ['bin/server %PORT%', undefined],
    ['bin/server $PORT', undefined],
    ['bin/server "$PORT"', undefined],
    ["bin/server 'a b'", undefined],
    ['bin/server *.js', undefined],
    ['bin/server a\\ b', undefined],
    ['bin/server ~/x', undefined],
    ['& "C:\\x\\y.exe"', undefined],
    ['bin/server "open', undefined],
    ['bin/ser"ver" x', undefined],
    ['A=b bin/server', undefined],
    ['', undefined],
  ];
  for (const [line, words] of cases)
    it(`${words === undefined ? 'is left to the shell' : 'needs no shell'}: ${line}`, () =>
      assert.deepEqual(wordsWithoutShell(line), words));

  it('is read in linear time', () => {
    const started = performance.now();
    for (const part of ['"', ' ', 'a"', '\\', '" '] as const) wordsWithoutShell(`a/b ${part.repeat(100_000)}`);
    assert.ok(performance.now() - started < 500);
  });
});
