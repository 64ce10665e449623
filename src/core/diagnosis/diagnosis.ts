/** Turns facts into findings: causes before consequences, one verdict per problem. */
import { codes } from './codes';
import type { Code } from './codes';
import type { Facts } from './facts';
import type { Finding } from './finding';
import type { Rule, Verdict } from './rule';
import { redactFinding, secretsOf } from './redact';
import { rules } from './rules/index';
import { patient } from './startPeriod';

/** Returns the verdict first; empty when no problem is found. */
export function findingsOf(facts: Facts): readonly Finding[] {
  const found = new Map<Code, readonly (Verdict & { readonly code: Code })[]>();
  const matching: Rule[] = [];
  for (const rule of rules) {
    const { code } = rule;
    const findings = rule.find(facts).map((verdict) => ({ code, ...verdict }));
    if (findings.length === 0) continue;
    found.set(code, [...(found.get(code) ?? []), ...findings]);
    matching.push(rule);
  }
  const secrets = secretsOf(facts);
  const explained = new Set(matching.flatMap(({ explains = [] }) => explains));
  return codes
    .filter((code) => !explained.has(code))
    .flatMap((code) => (found.get(code) ?? []).map((finding) => redactFinding(patient(finding, facts), secrets)));
}
