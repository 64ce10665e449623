import assert from 'node:assert/strict';
import { codes } from '../../../../src/core/diagnosis/codes';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { rules } from '../../../../src/core/diagnosis/rules/index';
import { nearMisses } from './actionCases';
import { cases } from './cases';
import { platformNearMisses } from './platformCases';

describe('diagnosis rules', () => {
  for (const { code, about, sick, healthy } of cases) {
    it(`${code}: ${about}`, () => {
      const found = findingsOf(sick);
      assert.equal(found[0]?.code, code, JSON.stringify(found, undefined, 1));
      assert.deepEqual(findingsOf(healthy), []);
    });
  }

  for (const { code, about, facts } of [...nearMisses, ...platformNearMisses]) {
    it(`${code} is not found when ${about}`, () => {
      const found = findingsOf(facts);
      assert.ok(!found.some((finding) => finding.code === code), JSON.stringify(found, undefined, 1));
    });
  }

  it('have a case and a rule for every code', () => {
    const tried = new Set(cases.map(({ code }) => code));
    assert.deepEqual([...tried].sort(), [...codes].sort());
    assert.deepEqual([...new Set(rules.map(({ code }) => code))].sort(), [...codes].sort());
  });

  it('put the title and each evidence on one line, and always give a detail', () => {
    for (const { sick } of cases) {
      for (const { title, detail, evidence } of findingsOf(sick)) {
        assert.doesNotMatch(title, /\n/);
        assert.notEqual(detail.trim(), '');
        for (const line of evidence) assert.doesNotMatch(line, /\n/);
      }
    }
  });

  it('never explain each other, so that one finding is always left', () => {
    const explains = new Map<string, Set<string>>();
    for (const { code, explains: consequences = [] } of rules) {
      explains.set(code, new Set([...(explains.get(code) ?? []), ...consequences]));
    }
    const reaches = (from: string, to: string, seen: Set<string>): boolean =>
      [...(explains.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))));
    for (const code of explains.keys()) assert.equal(reaches(code, code, new Set()), false, code);
  });
});
