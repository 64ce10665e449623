/** For any content of the files: no exception, every range is within its file, every problem has a fix, and no check is slow. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { portsInQuestion } from '../../../../src/core/wiringCheck/judge';
import { backend, database, frontend, problemsOf, contextOf } from './shop';
import { processorTime } from '../../../support/processorTime';

const services = [backend, frontend, database];
const paths = [
  'frontend/vite.config.ts',
  'frontend/package.json',
  'frontend/.env',
  'backend/main.py',
  'backend/index.js',
  'compose.yaml',
  'x',
];
// prettier-ignore
const scraps = [
  'services:\n', '  db:\n', '    ports:\n', '      - "5433:5432"\n', 'CORSMiddleware', 'allow_origins=[', '"http://localhost:3000"',
  "'/api': 'http://localhost:8001'", 'target: ', 'VITE_API_URL=', 'http://localhost:8001', 'DATABASE_URL=postgres://localhost:5433/x',
  '\n', '\r\n', '"', "'", '`', '[', ']', '#', '//', '/*', '"""', '${', ':', ',', ' ', '99999', '0', '\u2028', '\ud800', '{"proxy":',
];

describe('wiring check: arbitrary files', () => {
  it('never throws, and returns only ranges within the file', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...scraps), fc.string()), { maxLength: 30 }).map((parts) => parts.join(''));
    const files = fc.dictionary(fc.constantFrom(...paths), text);
    fc.assert(
      fc.property(files, (given) => {
        for (const { file, range, fixes } of problemsOf({ services, files: given })) {
          const { length } = given[file.replace('/shop/', '')] ?? '';
          const ranges = [range, ...fixes.flatMap((fix) => (fix.kind === 'edit' ? [fix.range] : []))];
          for (const each of ranges) assert.ok(each.offset >= 0 && each.offset + each.length <= length, JSON.stringify(each));
          assert.ok(fixes.length > 0, 'every problem has a fix');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('checks only ports on which the result depends', () => {
    const files = {
      'frontend/vite.config.ts': "proxy: { '/api': 'http://localhost:8001' }",
      'frontend/.env': 'VITE_API_URL=http://localhost:8000\nVITE_SUPABASE_URL=http://localhost:54321',
    };
    assert.deepEqual([...portsInQuestion(contextOf({ files }))], [8001]);
    assert.deepEqual([...portsInQuestion(contextOf({ files: { 'backend/main.py': 'port = 1' } }))], []);
  });

  it('checks long hostile files in less than 2 s', () => {
    const long = (part: string): string => part.repeat(Math.ceil(65_000 / part.length));
    const hostile = [
      'a.b',
      'port ',
      '"""',
      'origin:',
      '"/',
      'allow_origins=[',
      'http:',
      '\n\n',
      '- "1:2"\n',
      'VITE_API_URL=',
      'a-',
      '/*',
    ];
    for (const part of hostile) {
      const files = Object.fromEntries(paths.map((path) => [path, `CORS\n${long(part)}\n'/api': 'http://localhost:8001'`]));
      const before = processorTime();
      problemsOf({ services, files });
      assert.ok(processorTime() - before < 2000, `${JSON.stringify(part)} took ${processorTime() - before} ms`);
    }
  }).timeout(30_000);
});
