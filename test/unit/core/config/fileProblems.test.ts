import assert from 'node:assert/strict';
import type { Case } from './marked';
import { check, file, keysOf, parse, readMarks, service } from './marked';

const warnings: readonly Case[] = [
  ['"command": "x", ⟦"prot"⟧: 1', 'unknownKey', 'Unknown key "prot" has no effect: did you mean "port"?'],
  ['"command": "x", ⟦"depends_on"⟧: ["q"]', 'unknownKey', 'Unknown key "depends_on" has no effect: did you mean "dependsOn"?'],
  ['"command": "x", ⟦"image"⟧: {}', 'unknownKey', 'Unknown key "image" has no effect: remove it.'],
  [
    '"command": "x", "health": { "tcp": 1, ⟦"intervall"⟧: 1 }',
    'unknownKey',
    'Unknown key "health.intervall" has no effect: did you mean "interval"?',
  ],
  [
    '"command": "x", "setup": [{ "command": "b", ⟦"unles"⟧: "c" }]',
    'unknownKey',
    'Unknown key "setup[0].unles" has no effect: did you mean "unless"?',
  ],
  [
    '"command": "x", "health": { "tcp": 1, ⟦"status"⟧: 200 }',
    'unusedKey',
    '"health.status" has no effect without "health.http": remove it, or probe with "http".',
  ],
  [
    '"command": "x", "health": { "tcp": 1, ⟦"json"⟧: { "status": "ok" } }',
    'unusedKey',
    '"health.json" has no effect without "health.http": remove it, or probe with "http".',
  ],
  [
    '"command": "x", "health": { "exec": "true", ⟦"headers"⟧: { "X-Probe": "1" } }',
    'unusedKey',
    '"health.headers" has no effect without "health.http": remove it, or probe with "http".',
  ],
];

/** Whole files. The service `b`, where there is one, must stay usable. */
const files: readonly Case[] = [
  ['⟦⟧', 'noServices', 'The file is empty: write { "services": {} } and add services to it.'],
  ['⟦// nothing yet\n⟧', 'noServices', 'The file is empty: write { "services": {} } and add services to it.'],
  ['⟦[]⟧', 'noServices', 'The file must contain an object: write { "services": {} } and add services to it.'],
  ['⟦{⟧}', 'noServices', 'The file has no "services": add "services": {} to it.'],
  [
    '{ "services": ⟦[]⟧ }',
    'noServices',
    '"services" must be an object with one entry per service: write {} and add services to it.',
  ],
  [file('⟦"a"⟧: {}, "b": { "command": "x" }'), 'missingKey', 'The service has no "command" and no "compose": add one of them.'],
  [
    file('"a": ⟦"npm start"⟧, "b": { "command": "x" }'),
    'invalidValue',
    'The service must be an object such as { "command": "npm run dev" }. Found: "npm start".',
  ],
  [
    file('⟦"a"⟧: [], "b": { "command": "x" }'),
    'invalidValue',
    'The service must be an object such as { "command": "npm run dev" }.',
  ],
  [
    file('⟦""⟧: { "command": "x" }, "b": { "command": "x" }'),
    'invalidName',
    'A service needs a name: write one between the quotes.',
  ],
  [
    file('⟦"a/c"⟧: { "command": "x" }, "b": { "command": "x" }'),
    'invalidName',
    'The name "a/c" must not contain "/", which separates folder and service: use another character.',
  ],
  [
    file('⟦"__proto__"⟧: { "command": "x" }, "b": { "command": "x" }'),
    'invalidName',
    'The name "__proto__" is reserved by JavaScript: choose another name.',
  ],
  [
    file('"a": { "command": "x" }, ⟦"a"⟧: { "command": "y" }, "b": { "command": "x" }'),
    'duplicateKey',
    'Duplicate key "a": remove one of them.',
  ],
  [
    `{ "services": { "b": { "command": "x" } }, ⟦"services"⟧: {} }`,
    'duplicateKey',
    'Duplicate key "services" is ignored: move its services to the first one.',
  ],
  [file('"b": { "command": "x" }, "a": { "command": "x" ⟦"port"⟧: 1 }'), 'syntax', 'Missing comma: add it before this.'],
  [file('"a": { "command": "x" } ⟦"b"⟧: { "command": "x" }'), 'syntax', 'Missing comma: add it before this.'],
  [file('"b": { "command": "x" }, "a": { "command": ⟦}⟧'), 'syntax', 'Missing value: add it after the colon or comma.'],
  [
    file('"b": { "command": "x" }, "a": { "command": ⟦npm⟧ }'),
    'syntax',
    'Invalid JSON: put strings in double quotes, or remove this.',
  ],
  [
    file('"b": { "command": "x" }, "a": { "command": ⟦"C:\\dev"⟧ }'),
    'syntax',
    'Invalid escape sequence in this string: write \\\\ for a backslash.',
  ],
  [
    `{ "services": { "b": { "command": "x" } } } ⟦}⟧`,
    'syntax',
    'Expected the end of the file: remove what follows the last closing brace.',
  ],
];

describe('core/config/parse: problems of a file', () => {
  describe('warnings leave the service usable', () => {
    for (const [marked, code, message] of warnings) {
      it(`reports ${code} in ${marked}`, () => {
        const parsed = check([service(marked), code, message], 'warning');
        assert.deepEqual(
          parsed.problems.map((problem) => problem.service),
          ['a'],
        );
        assert.deepEqual([keysOf(parsed), parsed.broken], [['a'], []]);
      });
    }
  });

  describe('errors of the file', () => {
    for (const marked of files) {
      it(`reports ${marked[1]} in ${marked[0]}`, () => {
        const parsed = check(marked, 'error');
        if (marked[0].includes('"b"')) assert.ok(keysOf(parsed).includes('b'));
        assert.ok(!parsed.broken.some(({ key }) => key === 'b'));
      });
    }

    it('warns about an unknown key at the top, and accepts $schema', () => {
      const { text, ranges } = readMarks('{ "$schema": "x", ⟦"service"⟧: {}, "services": {} }');
      assert.deepEqual(parse(text).problems, [
        {
          severity: 'warning',
          code: 'unknownKey',
          message: 'Unknown key "service" has no effect: did you mean "services"?',
          range: ranges[0],
          suggestion: 'services',
        },
      ]);
    });

    it('reports unclosed brackets as one error without a crash', () => {
      for (const opening of ['[', '{"a":', '[1},', '{"services":{"a":']) {
        const { problems } = parse(opening.repeat(50_000));
        assert.deepEqual(
          problems.map(({ message }) => message),
          ['Nested too deeply: remove some of the brackets.'],
        );
      }
    });

    it('ignores brackets within strings and comments', () => {
      const many = '[{'.repeat(200);
      assert.deepEqual(parse(service(`"command": "\\"${many}" /* ${many} */, // ${many}\n "port": 1`)).problems, []);
    });
  });

  it('reports every problem in the order of the file', () => {
    const { text, ranges } = readMarks(file('"a": { "command": ⟦1⟧, "port": ⟦0⟧, ⟦"x"⟧: 1 }, ⟦"b"⟧: {}'));
    const { problems, broken } = parse(text);
    assert.deepEqual(
      problems.map(({ range }) => range),
      ranges,
    );
    assert.deepEqual(
      broken.map(({ message }) => message),
      [
        `"command" must be a command such as "npm run dev", or a list such as ["node", "server.js"] with the program first. Found: 1.`,
        'The service has no "command" and no "compose": add one of them.',
      ],
    );
  });

  it('reports a circle at each of its members, and keeps the other services', () => {
    const { text, ranges } = readMarks(
      file(
        `"a": { "command": "x", "dependsOn": [⟦"b"⟧] }, "b": { "command": "x", "dependsOn": { ⟦"c"⟧: "started" } },
         "c": { "command": "x", "dependsOn": ["d", ⟦"a"⟧] }, "d": { "command": "x" }, "e": { "command": "x", "dependsOn": ["a"] }`,
      ),
    );
    const parsed = parse(text);
    assert.deepEqual(
      parsed.problems.map(({ range }) => range),
      ranges,
    );
    const messageOf = (circle: string) =>
      `These services depend on each other and can never start: ${circle}. Remove one of the dependencies.`;
    assert.deepEqual(
      parsed.problems.map(({ message }) => message),
      [messageOf('a → b → c → a'), messageOf('b → c → a → b'), messageOf('c → a → b → c')],
    );
    assert.deepEqual(keysOf(parsed), ['d', 'e']);
  });

  const api = '"api": { "command": "x", "port": "auto" }, "worker": { "command": "x" }';
  const unknown = (name: string, written: string, more: string) => `Unknown service "${name}" in ${written}: ${more}.`;
  const references: readonly Case[] = [
    [
      file(`${api}, "b": { "command": "x --api \${port:⟦apu⟧}" }`),
      'unknownReference',
      unknown('apu', '${port:apu}', 'did you mean "api"?').replace('?.', '?'),
    ],
    [
      file(`${api}, "b": { "command": ["x", "\${url:⟦far/away⟧}"] }`),
      'unknownReference',
      unknown('far/away', '${url:far/away}', 'add a service with this name, or correct it here'),
    ],
    [
      file(`${api}, "b": { "command": "x", "env": { "A": "\\"\${port:⟦worker⟧}" } }`),
      'noAddress',
      '"worker" has no port, so ${port:worker} has no value: add "port" to it.',
    ],
  ];
  for (const each of references)
    it(`finds a reference without a value: ${each[2]}`, () => {
      assert.deepEqual(keysOf(check(each, 'error')), ['api', 'worker']);
    });

  it('warns of the published port of a container that need not run yet', () => {
    const db = '"db": { "compose": "db" }';
    const { text, ranges } = readMarks(file(`${db}, "b": { "command": "x \${port:⟦db⟧}" }`));
    const message = 'The port of "db" is known once its container runs: add it to "dependsOn", or add "port" to it.';
    const [problem, ...others] = parse(text).problems;
    assert.deepEqual(
      [problem?.severity, problem?.code, problem?.message, problem?.range, others],
      ['warning', 'noAddress', message, ranges[0], []],
    );
    assert.deepEqual(parse(file(`${db}, "b": { "command": "x \${url:db}", "dependsOn": ["db"] }`)).problems, []);
  });

  it('accepts references to each other and to itself, those of a shell, and an address without a port', () => {
    const text = file(
      '"a": { "command": "x ${url:shop/b} ${port:a}", "port": 1 }, "b": { "command": "x ${port:a} ${port:-8000}", "url": "http://b" },' +
        '"c": { "command": "x", "health": "${url:b}/health", "commands": { "y": "y ${port:a}" } }',
    );
    assert.deepEqual(parse(text).problems, []);
  });

  it('warns at the second service on a port', () => {
    const { text, ranges } = readMarks(file('"a": { "command": "x", "port": 3000 }, "b": { "command": "x", "port": ⟦3000⟧ }'));
    const parsed = parse(text);
    assert.deepEqual(parsed.problems, [
      {
        severity: 'warning',
        code: 'samePort',
        message: 'Port 3000 is also the port of "a", so only one of them can run at a time: change one of the ports.',
        range: ranges[0],
        service: 'b',
      },
    ]);
    assert.deepEqual(keysOf(parsed), ['a', 'b']);
  });

  it('keeps complete services of a file that is still being written', () => {
    const parsed = parse('{ "services": { "b": { "command": "x" }, "a": { "command": "y", "po');
    assert.deepEqual(keysOf(parsed), ['b']);
    assert.deepEqual(
      parsed.broken.map(({ key }) => key),
      ['a'],
    );
    assert.ok(parsed.problems.every(({ code }) => code === 'syntax'));
  });
});
