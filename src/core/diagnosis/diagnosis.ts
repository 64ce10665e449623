/** From facts to findings: causes before consequences, one verdict for one trouble. */
import { codes } from './codes';
import type { Code } from './codes';
import type { Facts } from './facts';
import type { Finding } from './finding';
import type { Rule } from './rule';
import { rules } from './rules/index';

/** The most telling first; empty when nothing is wrong as far as can be seen. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const found = new Map<Code, readonly Finding[]>();
  const told: Rule[] = [];
  for (const rule of rules) {
    const { code } = rule;
    const findings = rule.find(facts).map((verdict): Finding => ({ code, ...verdict }));
    if (findings.length === 0) continue;
    found.set(code, [...(found.get(code) ?? []), ...findings]);
    told.push(rule);
  }
  const explained = new Set(told.flatMap(({ explains = [] }) => explains));
  return codes.filter((code) => !explained.has(code)).flatMap((code) => found.get(code) ?? []);
}
