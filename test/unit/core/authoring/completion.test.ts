import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { Completion } from '../../../../src/core/authoring/completion';
import { composeCompletions } from '../../../../src/core/authoring/composeServices';
import { dependencyCompletions } from '../../../../src/core/authoring/dependencies';
import { envFileCompletions, folderCompletions, folderTyped } from '../../../../src/core/authoring/files';
import type { Entry } from '../../../../src/core/authoring/files';
import { newServiceCompletions } from '../../../../src/core/authoring/newService';
import { managerByField, managerByLock, scriptCompletions } from '../../../../src/core/authoring/scripts';
import { variableCompletions } from '../../../../src/core/authoring/variables';
import { wantedAt } from '../../../../src/core/authoring/wanted';
import type { Wanted } from '../../../../src/core/authoring/wanted';
import { parseServices } from '../../../../src/core/config/parse';
import { accepted, cursorIn, place } from './marked';

const manifest =
  '{ "scripts": { "dev": "vite", "predev": "tsc", "build": "vite build", "serve it": "vite preview", "prepare": "husky" } }';
const composeFile = [
  'x-common: &common',
  '  restart: always',
  'services:',
  '  db:',
  '    image: postgres # services:',
  '  "web.1":   # the page',
  '    build: { context: . }',
  '  worker: *common',
  '# old:',
  'volumes:',
  '  data:',
].join('\n');
const entries: readonly Entry[] = [
  { name: 'web', kind: 'folder' },
  { name: 'api', kind: 'folder' },
  { name: 'node_modules', kind: 'folder' },
  { name: '.git', kind: 'folder' },
  { name: 'build', kind: 'folder' },
  { name: '.env', kind: 'file' },
  { name: '.env.local', kind: 'file' },
  { name: '.env.example', kind: 'file' },
  { name: '.environment', kind: 'file' },
  { name: 'main.py', kind: 'file' },
];

function completions(wanted: Wanted, at: { text: string; offset: number }): readonly Completion[] {
  switch (wanted.kind) {
    case 'service':
      return newServiceCompletions(wanted.cursor, new Set(['backend']));
    case 'dependency':
      return dependencyCompletions(wanted, at, place);
    case 'folder':
      return folderCompletions(wanted.cursor, entries);
    case 'envFile':
      return envFileCompletions(wanted.cursor, [entries, [{ name: '.env.shared', kind: 'file' }]], wanted.written);
    case 'composeService':
      return composeCompletions(wanted.cursor, [composeFile, 'services:\n  mail:\n    image: mailpit\n  db:\n    ports: []\n']);
    case 'script':
      return scriptCompletions(wanted.cursor, manifest, 'pnpm');
    case 'variable':
      return variableCompletions(wanted);
  }
}

/** The labels that are offered at the cursor, and the text after accepting the first one. */
function complete(marked: string) {
  const at = cursorIn(marked);
  const wanted = wantedAt(at.text, at.offset);
  const found = wanted === undefined ? [] : completions(wanted, at);
  for (const { range } of found)
    assert.ok(range.offset <= at.offset && at.offset <= range.offset + range.length, 'the cursor is within');
  return {
    kind: wanted?.kind,
    labels: found.map(({ label }) => label),
    first: found[0] === undefined ? undefined : accepted(at.text, found[0]),
    filters: found.map(({ filter }) => filter),
  };
}

/** Three services: c depends on b, b on a. */
const three = (ofA: string, ofD = '"command": "x"') =>
  `{ "services": { "a": { ${ofA} }, "b": { "dependsOn": ["a"] }, "c": { "dependsOn": { "b": "started" } }, "d": { ${ofD} } } }`;

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

describe('completion of other values', () => {
  const a = (members: string) => `{ "services": { "a": { ${members} } } }`;
  const cases: readonly (readonly [members: string, labels: readonly string[]])[] = [
    ['"cwd": "|"', ['api', 'web']],
    ['"cwd": |', ['api', 'web']],
    ['"cwd": "packages/w|"', ['packages/api', 'packages/web']],
    ['"cwd": "x" |', []],
    ['"command": "|"', ['pnpm run dev', 'pnpm run build', 'pnpm run "serve it"']],
    ['"command": ["|"]', []],
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
    ['"health": "${|"', []],
    ['"setup": [{ "name": "${|" }]', []],
  ];
  for (const [members, labels] of cases) it(members, () => assert.deepEqual(complete(a(members)).labels, labels));

  for (const members of [
    '"command": "x $|"',
    '"command": ["x", "${|}"]',
    '"cwd": "${wor|"',
    '"env": { "A": "${|" }',
    '"setup": [{ "command": "$|" }]',
  ])
    it(`completes variables in ${members}`, () => {
      const { labels } = complete(a(members));
      assert.deepEqual(labels.slice(0, 2), ['${port}', '${workspaceFolder}']);
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

describe('core/authoring/scripts', () => {
  it('finds the package manager by the nearest lock file', () => {
    assert.equal(managerByLock([['package.json'], ['yarn.lock', 'package.json']]), 'yarn');
    assert.equal(managerByLock([['bun.lock'], ['package-lock.json']]), 'bun');
    assert.equal(managerByLock([['package.json'], []]), undefined);
  });

  it('finds the package manager by the packageManager field of a package.json, even of an invalid one', () => {
    assert.equal(managerByField('{ "packageManager": "pnpm@9.1.0+sha256.abc" }'), 'pnpm');
    assert.equal(managerByField('{ "packageManager": ["pnpm@9"] }'), undefined);
    assert.equal(managerByField('{ "packageManager": "pip@1"'), undefined);
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
