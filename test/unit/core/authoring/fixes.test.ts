import fc from 'fast-check';
import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/core/authoring/edit';
import { fixesFor } from '../../../../src/core/authoring/fixes';
import { namedAt, variableFixes } from '../../../../src/core/authoring/launchFixes';
import { parseServices } from '../../../../src/core/config/parse';
import type { ProblemCode } from '../../../../src/core/config/problem';
import { cursorIn, place } from './marked';

/** The text after each fix of its first problem of that kind, by title. */
function fix(text: string, code: ProblemCode): Readonly<Record<string, string>> {
  const problem = parseServices(text, place).problems.find((found) => found.code === code);
  assert.ok(problem, `${code} in ${text}`);
  return Object.fromEntries(fixesFor(text, problem, place).map(({ title, edits }) => [title, applyEdits(text, edits)]));
}

const file = (services: string) => `{ "services": { ${services} } }`;
const a = (members: string) => file(`"a": { "command": "x", ${members} }`);

describe('core/authoring/fixes', () => {
  it('renames an unknown key to the likely one, or removes it', () => {
    assert.deepEqual(fix(a('"prot": 8000'), 'unknownKey'), {
      'Change to "port"': a('"port": 8000'),
      'Remove "prot"': file('"a": { "command": "x" }'),
    });
    assert.deepEqual(fix(a('"image": "y", "port": 1'), 'unknownKey'), { 'Remove "image"': a('"port": 1') });
    assert.deepEqual(Object.keys(fix('{ "service": {}, "services": {} }', 'unknownKey')), ['Remove "service"']);
  });

  it('removes the command beside compose', () => {
    assert.deepEqual(fix(a('"compose": "db"'), 'unusedKey'), { 'Remove "command"': file('"a": { "compose": "db" }') });
  });

  it('corrects a dependency, or removes it', () => {
    const b = '"backend": { "command": "y" }';
    const of = (list: string) => file(`${b}, "a": { "command": "x", "dependsOn": ${list} }`);
    assert.deepEqual(fix(of('["bakend"]'), 'unknownDependency'), {
      'Change to "backend"': of('["backend"]'),
      'Remove "bakend"': of('[]'),
    });
    assert.deepEqual(
      fix(of('{ "bakend": "started" }'), 'unknownDependency')['Change to "backend"'],
      of('{ "backend": "started" }'),
    );
    assert.deepEqual(fix(of('["backend", "q"]'), 'unknownDependency'), { 'Remove "q"': of('["backend"]') });
  });

  it('removes a dependency that closes a circle', () => {
    const circle = file('"a": { "command": "x", "dependsOn": ["b"] }, "b": { "command": "x", "dependsOn": { "a": "healthy" } }');
    assert.deepEqual(fix(circle, 'dependencyCircle'), { 'Remove "b"': circle.replace('["b"]', '[]') });
    assert.deepEqual(fix(a('"dependsOn": ["a"]'), 'dependencyCircle'), { 'Remove "a"': a('"dependsOn": []') });
  });

  const values: readonly (readonly [wrong: string, right: string, ...others: string[]])[] = [
    ['"port": "8000"', '"port": 8000'],
    ['"autoStart": "true"', '"autoStart": true'],
    ['"autoStart": "no"', '"autoStart": false'],
    ['"env": { "DEBUG": 1 }', '"env": { "DEBUG": "1" }'],
    ['"env": { "DEBUG": true }', '"env": { "DEBUG": "true" }'],
    ['"command": ["node", 8000]', '"command": ["node", "8000"]'],
    ['"stopGracePeriod": "5 seconds"', '"stopGracePeriod": "5s"'],
    ['"stopGracePeriod": "1 min 30 sec"', '"stopGracePeriod": "1m30s"'],
    ['"stopGracePeriod": "500MS"', '"stopGracePeriod": "500ms"'],
    ['"stopGracePeriod": "5"', '"stopGracePeriod": 5'],
    ['"stopSignal": "sigterm"', '"stopSignal": "SIGTERM"'],
    ['"groups": "core"', '"groups": ["core"]'],
    ['"groups": ["@core"]', '"groups": ["core"]'],
    ['"watch": "src/**"', '"watch": ["src/**"]'],
    ['"watch": { "paths": "src" }', '"watch": { "paths": ["src"] }'],
    ['"restart": "alway"', '"restart": "always"'],
    ['"restart": true', '"restart": "on-failure"', '"restart": "always"'],
    ['"restart": false', '"restart": "no"'],
    ['"port": 1, "health": "health"', '"port": 1, "health": "/health"'],
    ['"url": "localhost:8000/docs"', '"url": "http://localhost:8000/docs"'],
    ['"port": 1, "checks": { "http": "/a" }', '"port": 1, "checks": [{ "http": "/a" }]'],
    ['"port": 1, "health": { "http": "/", "status": "200" }', '"port": 1, "health": { "http": "/", "status": 200 }'],
  ];
  for (const [wrong, ...right] of values)
    it(`converts ${wrong}`, () => {
      const text = file(`"a": { "command": "x", ${wrong} }`).replace(
        wrong.startsWith('"command"') ? '"command": "x", ' : '\0',
        '',
      );
      const expected = right.map((members) => text.replace(wrong, members));
      assert.deepEqual(Object.values(fix(text, 'invalidValue')), expected);
    });

  it('converts a single dependency to a list', () => {
    const b = '"b": { "command": "y" }, ';
    const text = a('"dependsOn": "b"').replace('"a"', `${b}"a"`);
    assert.deepEqual(Object.values(fix(text, 'invalidValue')), [text.replace('"dependsOn": "b"', '"dependsOn": ["b"]')]);
  });

  it('offers nothing for a value whose meaning is unclear', () => {
    assert.deepEqual(fix(a('"port": "http"'), 'invalidValue'), {});
    assert.deepEqual(fix(a('"port": 80000'), 'invalidValue'), {});
  });

  it('gives the second of two services the next port that is free in the file', () => {
    const text = file(
      '"a": { "command": "x", "port": 3000 }, "b": { "command": "x", "port": 3000 }, "c": { "command": "x", "port": 3001 }',
    );
    const second = text.lastIndexOf('3000');
    const changed = `${text.slice(0, second)}3002${text.slice(second + 4)}`;
    assert.deepEqual(Object.values(fix(text, 'samePort')), [changed]);
  });

  it('corrects the name in an address, and gives a port to the service that needs one', () => {
    const api = '"api": { "command": "x", "port": 1 }';
    const text = file(`${api}, "b": { "command": "x \${port:apu} y" }`);
    assert.deepEqual(Object.values(fix(text, 'unknownReference')), [text.replace('apu', 'api')]);
    const without = file('"api": {\n  "command": "x"\n}, "b": { "command": "x ${url:api}" }');
    assert.deepEqual(Object.keys(fix(without, 'noAddress')), ['Add "port": "auto" to api']);
    assert.match(Object.values(fix(without, 'noAddress'))[0] ?? '', /"command": "x",\n +"port": "auto"\n/);
  });

  it('removes a duplicate key, and a key without effect', () => {
    assert.deepEqual(Object.values(fix(a('"port": 1, "port": 2'), 'duplicateKey')), [a('"port": 1')]);
    assert.deepEqual(Object.values(fix(a('"health": { "tcp": 1, "status": 200 }'), 'unusedKey')), [a('"health": { "tcp": 1 }')]);
  });

  it('renames a service whose name contains a slash', () => {
    assert.deepEqual(Object.values(fix(file('"api/v1": { "command": "x" }'), 'invalidName')), [
      file('"api-v1": { "command": "x" }'),
    ]);
  });

  it('inserts a comma', () => {
    const text = '{\r\n  "services": {\r\n    "a": {\r\n      "command": "x" // first\r\n      "port": 1\r\n    }\r\n  }\r\n}';
    assert.deepEqual(Object.values(fix(text, 'syntax')), [text.replace('"x"', '"x",')]);
    assert.deepEqual(fix('{ "services": { "a": ', 'syntax'), {});
  });

  it('writes a missing "services"', () => {
    assert.deepEqual(Object.values(fix('', 'noServices')), ['{\n  "services": {}\n}\n']);
    assert.deepEqual(Object.values(fix('{}', 'noServices')), ['{\n  "services": {}\n}']);
    assert.deepEqual(Object.values(fix('{ "$schema": "x" }', 'noServices')), ['{\n  "services": {}, "$schema": "x" }']);
    assert.deepEqual(fix('[]', 'noServices'), {});
  });

  it('keeps comments and the lines of others when it removes a line', () => {
    const text =
      '{\r\n  "services": {\r\n    "a": {\r\n      // how\r\n      "command": "x", // so\r\n      "image": "y"\r\n    }\r\n  }\r\n}\r\n';
    assert.equal(fix(text, 'unknownKey')['Remove "image"'], text.replace('"x",', '"x"').replace('      "image": "y"\r\n', ''));
    const first = '{\n  "services": {\n    "a": {\n      "image": "y",\n      "command": "x"\n    }\n  }\n}\n';
    assert.equal(fix(first, 'unknownKey')['Remove "image"'], first.replace('      "image": "y",\n', ''));
    const last = '{ "services": { "a": { "command": "x" /* how */, "image": "y" } } }';
    assert.equal(fix(last, 'unknownKey')['Remove "image"'], '{ "services": { "a": { "command": "x" /* how */ } } }');
  });

  it('solves the problem that it is offered for, in any text', () => {
    const member = fc.tuple(
      fc.constantFrom(
        'port',
        'prot',
        'cwd',
        'restart',
        'health',
        'dependsOn',
        'env',
        'stopGracePeriod',
        'checks',
        'envfile',
        'command',
      ),
      fc.oneof(
        fc.constantFrom('x', '8000', 8000, true, '5 sec', ['b'], { b: 'healty' }, { http: 'x' }, null, '', ['c', 'a']),
        fc.jsonValue({ maxDepth: 1 }),
      ),
    );
    const services = fc.dictionary(
      fc.constantFrom('a', 'b', 'c/d'),
      fc.array(member, { maxLength: 5 }).map((list) => Object.fromEntries([['command', 'x'], ...list])),
    );
    const texts = fc.tuple(services, fc.nat(), fc.constantFrom(undefined, 2)).map(([made, cut, indent]) => {
      const text = JSON.stringify({ services: made }, undefined, indent);
      return cut % 3 === 0 ? text.slice(0, cut % text.length) + text.slice((cut % text.length) + 1) : text;
    });
    fc.assert(
      fc.property(texts, (text) => {
        const { problems } = parseServices(text, place);
        for (const problem of problems) {
          for (const { edits } of fixesFor(text, problem, place)) {
            const after = parseServices(applyEdits(text, edits), place).problems;
            const same = (list: typeof problems) =>
              list.filter(({ code, service }) => code === problem.code && (code === 'invalidName' || service === problem.service))
                .length;
            assert.ok(same(after) < same(problems), text);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('core/authoring/launchFixes', () => {
  const named = (marked: string) => {
    const { text, offset } = cursorIn(marked);
    return namedAt(text, offset);
  };

  it('finds the folder in cwd, and the files in envFile', () => {
    assert.deepEqual(named(a('"cwd": |"api"')), [{ kind: 'folder', path: 'api', cwd: '' }]);
    assert.deepEqual(named(a('"cwd": "api", "envFile": |".env"')), [{ kind: 'file', path: '.env', cwd: 'api' }]);
    assert.deepEqual(
      named(a('"envFile": |[".env", "b.env"]')).map(({ path }) => path),
      ['.env', 'b.env'],
    );
    assert.deepEqual(named(a('"port": |1')), []);
    assert.deepEqual(named('{ | }'), []);
  });

  it('corrects a misspelled variable', () => {
    const { text, offset } = cursorIn(a('"cwd": |"${worspaceFolder}/x${userHome}"'));
    const fixes = variableFixes(text, offset);
    assert.deepEqual(
      fixes.map(({ title, edits }) => [title, applyEdits(text, edits)]),
      [['Change to ${workspaceFolder}', text.replace('worspace', 'workspace')]],
    );
  });
});
