import fc from 'fast-check';
import assert from 'node:assert/strict';
import { folderTyped } from '../../../../src/core/authoring/files';
import { wantedAt } from '../../../../src/core/authoring/wanted';
import { parseServices } from '../../../../src/core/config/parse';
import { accepted, cursorIn, place } from './marked';
import { completions, complete, three } from './completed';

describe('completion of dependsOn', () => {
  const cases: readonly (readonly [marked: string, labels: readonly string[]])[] = [
    [three('"dependsOn": [|]'), ['d']],
    [three('', '"dependsOn": [|]'), ['a', 'b', 'c']],
    [three('', '"dependsOn": ["a", "|"]'), ['b', 'c']],
    [three('', '"dependsOn": ["|a", "b"]'), ['a', 'c']],
    [three('', '"dependsOn": { "|" }'), ['a', 'b', 'c']],
    [three('', '"dependsOn": { "a": "started", | }'), ['b', 'c']],
    [three('', '"dependsOn": |'), ['["a"]', '["b"]', '["c"]']],
    [three('', '"dependsOn": ["shop/a", "|"]'), ['b', 'c']],
    [three('', '"dependsOn": { "a": { "|" } }'), []],
    [three('', '"dependsOn": { "a": { "condition": "|" } }'), []],
    [three('', '"dependsOn": { "a": { "restart": true }, "|" }'), ['b', 'c']],
    [three('', '"dependsOn": ["a" |]'), []],
    [three('', '"dependsOn": [ // |'), []],
    [three('', '"dependsOn": [ /* | */ ]'), []],
    [three('', '"dependsOn": { "a": "|" }'), []],
    ['{ "services": { "größe": {}, "a": { "dependsOn": ["|"] } } }', ['größe']],
    // Partly typed, so that an open string or bracket contains what follows.
    ['{\r\n"services": {\r\n"a": {\r\n"dependsOn": ["|\r\n},\r\n"b": { "command": "x" }\r\n}\r\n}', ['b']],
    ['{\n"services": {\n"a": {\n"dependsOn": [|\n},\n"b": { "command": "x" }\n}\n}', ['b']],
    ['{ "services": { "b": {}, "a": { "dependsOn": ["b|', ['b']],
  ];
  for (const [marked, labels] of cases) it(marked, () => assert.deepEqual(complete(marked).labels, labels));

  it('inserts a valid list, key or value', () => {
    const first = (marked: string) => complete(marked).first;
    assert.equal(
      first('{ "services": { "b": {}, "a": { "dependsOn": [|] } } }'),
      '{ "services": { "b": {}, "a": { "dependsOn": ["b"] } } }',
    );
    assert.equal(
      first('{ "services": { "b": {}, "a": { "dependsOn": ["|"] } } }'),
      '{ "services": { "b": {}, "a": { "dependsOn": ["b"] } } }',
    );
    assert.equal(
      first('{ "services": { "b": {}, "a": { "dependsOn": |\n "port": 1 } } }'),
      '{ "services": { "b": {}, "a": { "dependsOn": ["b"],\n "port": 1 } } }',
    );
    assert.equal(
      first('{ "services": { "b": {}, "a": { "dependsOn": { | } } } }'),
      '{ "services": { "b": {}, "a": { "dependsOn": { "b": "${1|healthy,started,completed|}" } } } }',
    );
    assert.equal(
      first('{ "services": { "b": {}, "a": { "dependsOn": { "|x": "started" } } } }'),
      '{ "services": { "b": {}, "a": { "dependsOn": { "b": "started" } } } }',
    );
    assert.equal(first('{ "services": { "b": {}, "a": { "dependsOn": ["b|'), '{ "services": { "b": {}, "a": { "dependsOn": ["b"');
  });
});

describe('completion of groups', () => {
  const b = '"b": { "groups": ["core", "web"] }, "c": { "groups": ["core", ""] }';
  const a = (members: string): string => `{ "services": { ${b}, "a": { ${members} } } }`;
  const offered = (members: string): readonly string[] => complete(a(members)).labels;

  it('offers the groups of other services, each once', () => assert.deepEqual(offered('"groups": ["|"]'), ['core', 'web']));

  it('leaves out the groups that the service is already in', () => assert.deepEqual(offered('"groups": ["core", "|"]'), ['web']));

  it('offers the group again whose name is being replaced', () =>
    assert.deepEqual(offered('"groups": ["core|", "web"]'), ['core']));

  it('offers a list where there is no value yet', () => {
    const { labels, first } = complete(a('"groups": |'));
    assert.deepEqual([labels, first], [['["core"]', '["web"]'], a('"groups": ["core"]')]);
  });

  it('offers nothing deeper in the value', () => assert.deepEqual(offered('"groups": [["|"]]'), []));
});

describe('completion of other values', () => {
  const a = (members: string) => `{ "services": { "a": { ${members} } } }`;
  const cases: readonly (readonly [members: string, labels: readonly string[]])[] = [
    ['"cwd": "|"', ['api', 'web']],
    ['"cwd": |', ['api', 'web']],
    ['"cwd": "packages/w|"', ['packages/api', 'packages/web']],
    ['"cwd": "x" |', []],
    ['"command": "|"', ['pnpm run dev', 'pnpm run build', 'pnpm run "serve it"']],
    ['"command": ["|"]', []],
    ['"commands": { "Build": "|" }', ['pnpm run dev', 'pnpm run build', 'pnpm run "serve it"']],
    ['"commands": { "|" }', []],
    ['"debug": "|"', ['Attach to a', 'Debug "all"', 'Both']],
    ['"debug": |', ['Attach to a', 'Debug "all"', 'Both']],
    ['"debug": { "|" }', []],
    ['"compose": "|"', ['db', 'web.1', 'worker', 'mail']],
    ['"compose": |', ['db', 'web.1', 'worker', 'mail']],
    ['"compose": { "service": "|", "files": ["a.yaml"] }', ['db', 'web.1', 'worker', 'mail']],
    ['"compose": { "files": ["|"] }', []],
    ['"compose": { "|" }', []],
    ['"envFile": "|"', ['.env', '.env.local', '.env.shared']],
    ['"envFile": [".env", "|"]', ['.env.local', '.env.shared']],
    ['"envFile": [".env|", ".env.local"]', ['.env', '.env.shared']],
    ['"port": |', []],
    ['"role": "|"', []],
    ['|', []],
    ['"url": "http://localhost:$|"', ['${port}']],
    ['"health": "${|"', ['${port}']],
    ['"setup": [{ "name": "${|" }]', []],
  ];
  for (const [members, labels] of cases) it(members, () => assert.deepEqual(complete(a(members)).labels, labels));

  for (const members of [
    '"command": "x $|"',
    '"command": ["x", "${|}"]',
    '"cwd": "${wor|"',
    '"env": { "A": "${|" }',
    '"setup": [{ "command": "$|" }]',
    '"commands": { "Seed": "x $|" }',
  ])
    it(`completes variables in ${members}`, () => {
      const { labels } = complete(a(members));
      assert.deepEqual(labels.slice(0, 2), ['${port}', '${workspaceFolder}']);
    });

  it('offers the port and the address of other services that have a port', () => {
    const others = '"api": { "port": "auto" }, "two words": { "port": [1, 2] }, "worker": { "command": "x" }';
    const offered = (members: string): readonly string[] => complete(`{ "services": { ${others}, "a": { ${members} } } }`).labels;
    const addresses = ['${port:api}', '${url:api}', '${port:two words}', '${url:two words}'];
    assert.deepEqual(offered('"url": "${|"'), ['${port}', ...addresses]);
    assert.deepEqual(offered('"command": "x ${port:a|"').slice(0, 5), ['${port}', ...addresses]);
    assert.deepEqual(offered('"checks": [{ "http": "$|" }]'), ['${port}', ...addresses]);
  });

  it('replaces the typed part of a variable, and the brace that the editor added', () => {
    assert.equal(complete(a('"command": "run ${|} -x"')).first, a('"command": "run ${port} -x"'));
    assert.equal(complete(a('"command": "run $| -x"')).first, a('"command": "run ${port} -x"'));
    assert.equal(complete(a('"command": "run ${po| -x"')).first, a('"command": "run ${port} -x"'));
  });

  it('replaces a whole string', () => {
    assert.equal(complete(a('"cwd": "w|x"')).first, a('"cwd": "api"'));
    assert.equal(complete(a('"command": |')).first, a('"command": "pnpm run dev"'));
    assert.equal(complete(a('"cwd": "packages/|"')).first, a('"cwd": "packages/api"'));
    assert.equal(complete(a('"command": "|"')).filters[2], JSON.stringify('pnpm run "serve it"'));
  });

  it('lists the folder that is typed', () => {
    const { text, offset } = cursorIn(a('"cwd": "${workspaceFolder}/packages/w|"'));
    const wanted = wantedAt(text, offset);
    assert.ok(wanted?.kind === 'folder');
    assert.equal(folderTyped(wanted.cursor), '${workspaceFolder}/packages/');
  });

  it('knows the folder and the files in which the services of Compose are looked for', () => {
    const { text, offset } = cursorIn(a('"compose": { "service": "|", "files": ["a.yaml", "b.yaml"] },\n "cwd": "ops"'));
    const wanted = wantedAt(text, offset);
    assert.ok(wanted?.kind === 'composeService');
    assert.deepEqual([wanted.cwd, wanted.files], ['ops', ['a.yaml', 'b.yaml']]);
  });

  it('reads the folder of a service from after the cursor, too', () => {
    const { text, offset } = cursorIn(a('"command": "|",\n "cwd": "web"'));
    const wanted = wantedAt(text, offset);
    assert.ok(wanted?.kind === 'script');
    assert.equal(wanted.cwd, 'web');
  });
});

describe('completion of a new service', () => {
  it('offers whole services with free names where a name is expected', () => {
    for (const marked of ['{ "services": { | } }', '{ "services": { "|" } }', '{ "services": { "x": {}, b| } }']) {
      const { labels } = complete(marked);
      assert.deepEqual(
        labels,
        ['Service', 'Backend (uvicorn)', 'Backend (Node)', 'Frontend (Vite)', 'Database (Compose)'],
        marked,
      );
    }
    assert.deepEqual(complete('{ "services": { "|": {} } }').labels, []);
    assert.deepEqual(complete('{ | }').labels, []);
  });

  it('inserts valid services when the tab stops stay unchanged', () => {
    const { text, offset } = cursorIn('{ "services": { | } }');
    const wanted = wantedAt(text, offset);
    assert.ok(wanted);
    for (const completion of completions(wanted, { text, offset })) {
      const filled = accepted(text, completion)
        .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1')
        .replaceAll('\\$', '$')
        .replaceAll('\\}', '}');
      const { services, problems } = parseServices(filled, place);
      assert.deepEqual(problems, [], filled);
      assert.equal(services.length, 1, filled);
      if (completion.label === 'Backend (uvicorn)')
        assert.deepEqual(
          [services[0]?.key, services[0]?.command],
          ['backend2', 'python -m uvicorn main:app --reload --port ${port}'],
        );
    }
  });
});

describe('completion in any text', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"dependsOn"',
    '"a"',
    '"cwd"',
    '"',
    '1',
    '//',
    '/*',
    '*/',
    '\n',
    '\r\n',
    '\\',
    '$',
    '${',
    'ä',
    '🙂',
    ' ',
  );
  it('throws no exception, and replaces only what is at the cursor', () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 50 }), fc.nat(), (tokens, at) => {
        const text = `{"services":{"b":{},${tokens.join('')}`;
        complete(`${text.slice(0, at % text.length)}|${text.slice(at % text.length)}`);
      }),
      { numRuns: 1000 },
    );
  });

  it('is fast in a huge file, and offers nothing where nesting is too deep', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `"s${index}": { "command": "npm run dev", "dependsOn": [] }`).join(
      ',\n',
    );
    const { labels } = complete(`{ "services": { ${many}, "last": { "dependsOn": ["|"] } } }`);
    assert.equal(labels.length, 5000);
    assert.deepEqual(complete(`${'['.repeat(50_000)}|`).labels, []);
  });
});
