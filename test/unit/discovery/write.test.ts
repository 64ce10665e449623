/** Accepted proposals in the text of services.json. */
import assert from 'node:assert/strict';
import { parseServices } from '../../../src/core/config/parse';
import type { ProposedService } from '../../../src/core/addServices/proposal';
import { writeServices } from '../../../src/discovery/write';

const backend: ProposedService = {
  id: 'backend',
  config: {
    role: 'backend',
    command: 'python3 -m uvicorn main:app --port ${port}',
    cwd: 'backend',
    port: 8000,
    dependsOn: ['postgres'],
  },
  evidence: ['app = FastAPI() in backend/main.py:12'],
};
const postgres: ProposedService = { id: 'postgres', config: { command: 'docker compose up postgres', port: 5432 }, evidence: [] };

const keysOf = (text: string) => {
  const { services, problems } = parseServices(text, { folder: '/x', folderName: 'x', multiRoot: false });
  assert.deepEqual(problems, [], text);
  return services.map(({ key }) => key);
};

function written(text: string | undefined, ...accepted: ProposedService[]): string {
  const result = writeServices(text, accepted);
  assert.ok(result.ok, JSON.stringify(result));
  return result.text;
}

describe('discovery/write', () => {
  it('writes a new file with the evidence above each service', () => {
    assert.equal(
      written(undefined, backend, postgres),
      `{
  // The local servers of this folder. The comment above each says where it was found.
  // Each runs in its own terminal. Completion (Ctrl+Space) and hover explain every key.
  "services": {
    // app = FastAPI() in backend/main.py:12
    "backend": {
      "role": "backend",
      "command": "python3 -m uvicorn main:app --port \${port}",
      "cwd": "backend",
      "port": 8000,
      "dependsOn": ["postgres"]
    },
    "postgres": {
      "command": "docker compose up postgres",
      "port": 5432
    }
  }
}
`,
    );
  });

  it('keeps the comments, the order and the layout of the file', () => {
    const text = `{
\t// mine
\t"services": {
\t\t"web": { "command": "npm run dev" } // the site
\t\t/* "old": {} */
\t}
}
`;
    const result = written(text, postgres);
    assert.equal(
      result,
      `{
\t// mine
\t"services": {
\t\t"web": { "command": "npm run dev" }, // the site
\t\t/* "old": {} */
\t\t"postgres": {
\t\t\t"command": "docker compose up postgres",
\t\t\t"port": 5432
\t\t}
\t}
}
`,
    );
  });

  const texts: Readonly<Record<string, string>> = {
    'an empty file': '',
    'a byte order mark alone': '\uFEFF\n',
    'no services': '{}',
    'no services but a schema': '{\n  "$schema": "./schema.json" // here\n}\n',
    'empty services': '{ "services": {} }',
    'services with comments only': '{\n  "services": {\n    // "backend": {}\n  }\n}\n',
    'a trailing comma': '{\n  "services": {\n    "web": { "command": "x" },\n  },\n}\n',
    'a line of its own': '{"services":{"web":{"command":"x"}}}',
    'Windows line ends': '{\r\n  "services": {\r\n    "web": { "command": "x" }\r\n  }\r\n}\r\n',
    'a byte order mark': '\uFEFF{ "services": { "web": { "command": "x" } } }',
    'a brace in a comment': '{ "services": { "web": { "command": "{" } /* } */ } /* } */ }',
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`adds to ${name}`, () => {
      const result = written(text, backend, postgres);
      const before = text.includes('"web"') ? ['web'] : [];
      assert.deepEqual(keysOf(result), [...before, 'backend', 'postgres']);
      for (const comment of text.match(/\/\/.*|\/\*.*?\*\//g) ?? []) assert.ok(result.includes(comment.trim()), comment);
      if (text.includes('\r\n')) assert.ok(!/[^\r]\n/.test(result), 'a line ends as on Unix');
    });
  }

  it('keeps an existing service with the same name, and reports it', () => {
    const text = '{ "services": { "backend": { "command": "mine" } } }';
    assert.deepEqual(writeServices(text, [backend]), { ok: true, text, kept: ['backend'] });
  });

  it('drops a dependency on a service that was not accepted, and keeps one on an existing service', () => {
    assert.ok(!written(undefined, backend).includes('dependsOn'));
    assert.ok(written('{ "services": { "postgres": { "command": "x" } } }', backend).includes('"dependsOn": ["postgres"]'));
  });

  it('changes nothing in an unreadable file, and reports the line', () => {
    const result = writeServices('{\n  "services": {\n    "a": { \n', [postgres]);
    assert.deepEqual(result, {
      ok: false,
      why: 'The services were not added because line 4 of .vscode/services.json is not valid JSON: correct it, then add them again.',
    });
    assert.equal(writeServices('[]', [postgres]).ok, false);
    assert.equal(writeServices('{ "services": [] }', [postgres]).ok, false);
  });

  it('keeps evidence within its comment', () => {
    const evil: ProposedService = { ...postgres, evidence: ['a\n"x": {},\r\u2028b'] };
    assert.deepEqual(keysOf(written(undefined, evil)), ['postgres']);
    assert.ok(written(undefined, evil).includes('    // a "x": {}, b\n'));
  });
});
