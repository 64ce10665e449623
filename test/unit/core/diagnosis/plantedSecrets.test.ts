/** A password that a service knows appears in no finding, notification or report, whatever the diagnosis is. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { report } from '../../../../src/core/diagnosis/report';
import { failureNotification } from '../../../../src/core/notifications/failureNotification';
import { known } from '../../../../src/core/model/process';
import type { ProcessRow, Reading } from '../../../../src/core/model/process';
import { cases } from './cases';

const password = 'Tr0ub4dor-planted';
const url = `postgres://shop:${password}@localhost:5432/shop`;

const mapped = <T>(reading: Reading<T>, change: (value: T) => T): Reading<T> =>
  reading.kind === 'known' ? known(change(reading.value)) : reading;

/** The same facts of a service with a password in its environment, which it and its processes write everywhere. */
function planted(facts: Facts): Facts {
  const withPassword = (row: ProcessRow): ProcessRow => ({ ...row, command: `${row.command} --db ${url}` });
  return {
    ...facts,
    spec: { ...facts.spec, env: { ...facts.spec.env, DB_PASSWORD: password } },
    output: mapped(facts.output, (lines) =>
      lines.flatMap((line) => [`connecting to ${url}`, line, `login with ${password} failed`]),
    ),
    members: mapped(facts.members, (rows) => rows.map(withPassword)),
    processes: mapped(facts.processes, (rows) => rows.map(withPassword)),
    files: mapped(facts.files, ({ texts, changed }) => ({
      changed,
      texts: new Map([...texts].map(([file, text]) => [file, file.includes('.env') ? `${text}\nDATABASE_URL=${url}\n` : text])),
    })),
  };
}

describe('a planted password', () => {
  const diagnosed = cases.map(({ code, about, sick }) => {
    const facts = planted(sick);
    return { code, about, facts, findings: findingsOf(facts) };
  });

  it('leaves most diagnoses as they are, so that the cases below say something', () => {
    const same = diagnosed.filter(({ code, findings }) => findings[0]?.code === code);
    assert.ok(same.length >= cases.length * 0.8, `${same.length} of ${cases.length}`);
    assert.ok(diagnosed.some(({ findings }) => JSON.stringify(findings).includes('[removed]')));
  });

  for (const { code, about, facts, findings } of diagnosed) {
    it(`appears in no finding, notification or report of ${code}: ${about}`, () => {
      const [verdict] = findings;
      const notification = failureNotification({ spec: facts.spec, state: facts.state }, verdict, []);
      const shown = findings.map(({ title, detail, evidence }) => [title, detail, evidence]);
      assert.ok(!JSON.stringify([shown, notification.message]).includes(password), JSON.stringify(shown));
      assert.ok(!report(facts, findings).includes(password));
    });
  }
});
