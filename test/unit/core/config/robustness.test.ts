import fc from 'fast-check';
import assert from 'node:assert/strict';
import { parse } from './marked';
import { entries } from '../../../../src/core/config/schema';

/** Asserts what holds for any text. */
function checkAny(text: string): void {
  const { services, broken, problems } = parse(text);
  for (const { range, message } of problems) {
    assert.ok(
      range.offset >= 0 && range.length >= 0 && range.offset + range.length <= text.length,
      `${message} ${JSON.stringify(range)}`,
    );
    assert.match(message, /^["A-Z].*[.?]$/s, message);
  }
  const working = new Set(services.map(({ id }) => id));
  assert.equal(working.size, services.length);
  assert.ok(broken.every(({ id }) => !working.has(id)));
  const withErrors = new Set(
    problems.flatMap(({ severity, service }) => (severity === 'error' && service !== undefined ? [service] : [])),
  );
  assert.deepEqual(new Set(broken.map(({ id }) => id)), withErrors);
}

/** Members that are sometimes valid, sometimes almost valid. */
const value = fc.oneof(
  fc.constantFrom('x', '/health', '5s', '', 8000, 0, -1, 1.5, true, null, 'healthy', 'always', '/(/', 'http://a.test'),
  fc.constantFrom(
    { http: '/' },
    { tcp: 80, interval: '1s' },
    { a: 'healthy' },
    { b: 1 },
    ['a', 'b'],
    [{ command: 'x' }],
    [{ http: '/' }],
    [],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const member = fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(entries)), fc.string()), value);
const nearlyRight = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c', '', 'd/e'),
    fc.array(member, { maxLength: 6 }).map((list) => Object.fromEntries([['command', 'x'], ...list])),
  )
  .map((services) => JSON.stringify({ services }));

describe('core/config/parse: any text', () => {
  it('reads random text without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), checkAny), { numRuns: 300 });
  });

  it('reads random tokens without an exception', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"services"',
      '"a"',
      '"command"',
      '"',
      '1',
      '//',
      '/*',
      '*/',
      '\n',
      '\\',
      'x',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 60 }).map((tokens) => `{"services":{${tokens.join('')}`),
        checkAny,
      ),
      { numRuns: 500 },
    );
  });

  it('reads random JSON without an exception', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), checkAny), { numRuns: 300 });
  });

  it('reads almost valid services without an exception', () => {
    fc.assert(fc.property(nearlyRight, checkAny), { numRuns: 500 });
  });

  it('reads a valid file with a gap without an exception', () => {
    const cut = fc.tuple(nearlyRight, fc.nat(), fc.nat(20)).map(([text, at, length]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + text.slice(from + length);
    });
    fc.assert(fc.property(cut, checkAny), { numRuns: 500 });
  });

  it('accepts a valid service next to any other one', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (other) => {
        const { services } = parse(JSON.stringify({ services: { other, right: { command: 'npm start' } } }));
        assert.ok(services.some(({ key }) => key === 'right'));
      }),
    );
  });
});
