import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/core/authoring/edit';
import { composeConversion } from '../../../../src/core/authoring/toCompose';
import { parseServices } from '../../../../src/core/config/parse';
import { place } from './marked';

const file = (members: string): string => `{ "services": { "db": { ${members} } } }`;

function converted(members: string, at = '"command"'): string | undefined {
  const text = file(members);
  const fix = composeConversion(text, text.indexOf(at) + 1, place);
  return fix && applyEdits(text, fix.edits);
}

describe('core/authoring/toCompose', () => {
  const cases: readonly (readonly [before: string, after: string])[] = [
    ['"command": "docker compose up db"', '"compose": "db"'],
    ['"command": "docker-compose up -d db", "port": 5432', '"compose": "db", "port": 5432'],
    ['"command": ["docker", "compose", "up", "--no-deps", "db"]', '"compose": "db"'],
    ['"port": 1, "command": "docker compose up db", "stopCommand": "docker compose stop db"', '"port": 1, "compose": "db"'],
    ['"stopCommand": "docker compose stop db", "command": "docker compose up db"', '"compose": "db"'],
    [
      '"command": "docker compose -f a.yaml --file b.yaml --profile dev -p shop up --build db"',
      '"compose": { "service": "db", "files": ["a.yaml", "b.yaml"], "profiles": ["dev"], "project": "shop", "build": true }',
    ],
    // Another way to stop it is kept.
    ['"command": "docker compose up db", "stopCommand": "./stop.sh"', '"compose": "db", "stopCommand": "./stop.sh"'],
  ];
  for (const [before, after] of cases) {
    it(`converts ${before}`, () => {
      assert.equal(converted(before), file(after));
      assert.deepEqual(parseServices(file(after), place).problems, []);
    });
  }

  it('is offered at the stop command as well, and at no other key', () => {
    const members = '"command": "docker compose up db", "stopCommand": "docker compose stop db", "port": 1';
    assert.equal(converted(members, '"stopCommand"'), file('"compose": "db", "port": 1'));
    assert.equal(converted(members, '"port"'), undefined);
  });

  for (const line of [
    'docker compose up',
    'docker compose up db web',
    'docker compose run db',
    'docker compose --env-file .env up db',
    'docker compose up --scale db=2 db',
    'docker compose up db && echo up',
    'docker compose up "db"',
    'docker compose -p shop -p other up db',
    'docker compose -p SHOP up db',
    'docker run db',
    'npm run dev',
    'docker compose -f',
  ])
    it(`leaves ${line}`, () => assert.equal(converted(`"command": ${JSON.stringify(line)}`), undefined));
});
