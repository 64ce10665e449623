import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { redact, secretsOf } from '../../../../src/core/diagnosis/redact';
import { report } from '../../../../src/core/diagnosis/report';
import { withoutSecrets } from '../../../../src/core/wording/secrets';
import { known, unavailable } from '../../../../src/core/model/process';
import { crashedWith, facts, withFiles } from './sample';
import { processorTime } from '../../../support/processorTime';

describe('diagnosis report', () => {
  it('contains the verdict, the evidence, the last lines of output and the readings that failed', () => {
    const sick = crashedWith(['ZeroDivisionError: division by zero'], { connections: unavailable('lsof is missing.') });
    const text = report(sick, findingsOf(sick));
    for (const part of [
      '# backend: ',
      '`crashed` (error)',
      '## Evidence',
      'ZeroDivisionError',
      '## Not available',
      'lsof is missing.',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('says that there are no problems when nothing is found', () => {
    assert.match(report(facts(), []), /^# backend: no problems found\n/);
  });

  it('contains no secret from the configuration, .env files or output', () => {
    const sick = crashedWith(
      [
        'connecting to postgres://shop:hunter2hunter@db/shop',
        'using key zebra-crossing',
        'GET /cb?access_token=abcdef123',
        'cookie: sid=topsecretcookie',
        'SECRET_KEY=swordfish',
      ],
      withFiles({ '/shop/.env': 'STRIPE_API_KEY=zebra-crossing\nKEYBOARD=qwerty-layout\n' }),
      { command: 'run --password letmein99 --keyboard qwerty-layout', env: { DB_PASSWORD: 'opensesame' } },
    );
    const text = report(
      { ...sick, output: known([...(sick.output.kind === 'known' ? sick.output.value : []), 'pw is opensesame']) },
      findingsOf(sick),
    );
    for (const secret of [
      'hunter2hunter',
      'zebra-crossing',
      'abcdef123',
      'topsecretcookie',
      'swordfish',
      'letmein99',
      'opensesame',
    ]) {
      assert.ok(!text.includes(secret), secret);
    }
    assert.ok(text.includes('qwerty-layout'), 'other values are kept');
    assert.ok(text.includes('postgres://[removed]@db/shop'));
  });

  it('puts the output in a fence that the output cannot close', () => {
    const text = report(facts({ output: known(['```', '# not a heading', '````']) }), []);
    assert.match(text, /\n`{5}text\n```\n# not a heading\n````\n`{5}\n/);
  });
});

describe('redaction of known secrets', () => {
  it('removes a secret whole when another secret is a part of it', () => {
    assert.equal(redact('the key is river-delta-9 and river', ['river', 'river-delta-9']), 'the key is [removed] and [removed]');
  });

  it('leaves values of fewer than 4 characters, which ordinary words contain', () => {
    const spec = { ...facts().spec, env: { DB_PASSWORD: 'a', API_KEY: 'abc', SALT: 'abcd' } };
    assert.deepEqual(secretsOf({ ...facts(), spec }), ['abcd']);
  });

  it('removes a secret that begins before the place where a long line is cut', () => {
    const sick = crashedWith(
      [`${'x'.repeat(490)} open-sesame-of-the-cave ${'y'.repeat(900)}`],
      {},
      { env: { DB_PASSWORD: 'open-sesame-of-the-cave' } },
    );
    const text = report(sick, []);
    assert.ok(!text.includes('open'), text);
    assert.ok(!text.includes('y'.repeat(10)), 'the line is cut');
  });

  it('takes less than 50 ms for 40 lines of 2,000 characters that nearly have the shape of a secret', () => {
    const inputs = ['token-', 'eyJ-', 'a://a:', 'https://', 'a-a.', '-----BEGIN A ', '-secret'].map((piece) =>
      piece.repeat(2000).slice(0, 2000),
    );
    for (const line of inputs) {
      const sick = crashedWith(Array.from({ length: 40 }, () => line));
      const fastest = Math.min(
        ...[1, 2, 3].map(() => {
          const started = processorTime();
          report(sick, []);
          return processorTime() - started;
        }),
      );
      assert.ok(fastest < 50, `${fastest} ms for ${line.slice(0, 20)}`);
    }
  });
});

describe('redaction by shape', () => {
  it('removes secrets from command lines', () => {
    const lines = [
      'web --token abcd1234 --port 3000',
      'web --db-password=hunter22',
      'PGPASSWORD=hunter22 psql',
      'web --api-key "abcd1234"',
    ];
    for (const line of lines) assert.doesNotMatch(withoutSecrets(line), /abcd1234|hunter22/, line);
    assert.equal(withoutSecrets('web --token abcd1234 --port 3000'), 'web --token [removed] --port 3000');
    assert.equal(withoutSecrets('node server.js --pass-through --port 3000'), 'node server.js --pass-through --port 3000');
  });

  for (const text of [
    'Authorization: Bearer abc.def-ghi',
    '{"password": "pa55word!"}',
    'token ghp_abcdefghijklmnop1234 used',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF-_123',
    'redis://:s3cr3tpw@localhost:6379',
    'https://abcdef0123456789@sentry.example/1',
  ]) {
    it(`removes the secret from ${text}`, () => {
      const shown = redact(text, []);
      assert.match(shown, /\[removed\]/);
      assert.doesNotMatch(shown, /abc\.def-ghi|pa55word|ghp_|eyJ|s3cr3tpw|abcdef0123456789/);
    });
  }

  it('does not change ordinary text, or text that is redacted already', () => {
    for (const text of [
      'INFO: 127.0.0.1:1234 - "GET /tokens HTTP/1.1" 200',
      'http://localhost:8000/docs',
      'keys: a, b',
      'Basic setup done',
    ]) {
      assert.equal(redact(text, []), text);
    }
    const once = redact('password=hunter22 and https://u:p4ssword@h/', []);
    assert.equal(redact(once, []), once);
  });
});
