import assert from 'node:assert/strict';
import { locationNear } from '../../../../src/core/diagnosis/location';

describe('location of an error', () => {
  const at = (lines: readonly string[]) => locationNear(lines, lines.length - 1);

  it('is the last file in a Python traceback that is not in a package', () => {
    const lines = [
      '  File "/shop/main.py", line 3, in <module>',
      '    import broken',
      '  File "/usr/lib/python3/dist-packages/uvicorn/importer.py", line 19, in import_from_string',
      'RuntimeError: no',
    ];
    assert.deepEqual(at(lines), { path: '/shop/main.py', line: 3 });
  });

  it('is the file that Node prints before or after the error', () => {
    assert.deepEqual(at(['/shop/server.js:12', '  const = 3', "SyntaxError: Unexpected token '='"]), {
      path: '/shop/server.js',
      line: 12,
    });
    const trace = ['TypeError: x is not a function', '    at node:internal/modules:1:2', '    at run (/shop/src/app.js:8:15)'];
    assert.deepEqual(locationNear(trace, 0), { path: '/shop/src/app.js', line: 8, column: 15 });
    assert.deepEqual(at(['    at file:///shop/a.mjs:1:2']), { path: '/shop/a.mjs', line: 1, column: 2 });
  });

  it('is found in the messages of esbuild, Vite, Rust, Go and .NET', () => {
    assert.deepEqual(at(['/shop/src/a.ts:3:7: ERROR: Expected ";" but found "x"']), {
      path: '/shop/src/a.ts',
      line: 3,
      column: 7,
    });
    assert.deepEqual(at(['   ╭─[ src/a.tsx:4:2 ]']), { path: 'src/a.tsx', line: 4, column: 2 });
    assert.deepEqual(at(['  --> src/main.rs:2:5']), { path: 'src/main.rs', line: 2, column: 5 });
    assert.deepEqual(at(['./main.go:12:2: syntax error: unexpected }']), { path: './main.go', line: 12, column: 2 });
    assert.deepEqual(at(['Program.cs(4,12): error CS1002: ; expected']), { path: 'Program.cs', line: 4, column: 12 });
    assert.deepEqual(at([String.raw`C:\shop\server.js:12`]), { path: String.raw`C:\shop\server.js`, line: 12 });
  });

  it('is undefined when no file is named', () => {
    assert.equal(at(['connect ECONNREFUSED 127.0.0.1:8000', 'Running on http://localhost:3000', 'at 10:11:12']), undefined);
  });
});
