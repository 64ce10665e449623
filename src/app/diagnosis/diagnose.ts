/** Explains why a service is not healthy: collects facts and applies the rules. Changes nothing and runs no code of the workspace. */
import { findingsOf } from '../../core/diagnosis/diagnosis';
import type { Facts } from '../../core/diagnosis/facts';
import type { Finding } from '../../core/diagnosis/finding';
import { report } from '../../core/diagnosis/report';
import { collect } from './collect';
import { Deadline } from './deadline';
import type { DiagnosisParts } from './parts';

const deadlineMs = 3000;

/** Returns the verdict first; empty when no problem is found. Rejects for an unknown id. */
export async function diagnose(id: string, parts: DiagnosisParts): Promise<readonly Finding[]> {
  return (await examine(id, parts)).findings;
}

/** Returns a diagnosis as Markdown without secrets, to be shared. Rejects for an unknown id. */
export async function diagnosisReport(id: string, parts: DiagnosisParts): Promise<string> {
  const { facts, findings } = await examine(id, parts);
  return report(facts, findings);
}

async function examine(
  id: string,
  parts: DiagnosisParts,
): Promise<{ readonly facts: Facts; readonly findings: readonly Finding[] }> {
  const service = parts.store.services().find(({ spec }) => spec.id === id);
  if (service === undefined) throw new Error(`There is no service "${id}": services() returns the ids.`);
  const deadline = new Deadline(parts.world.clock, deadlineMs);
  try {
    const facts = await collect(service, parts, deadline);
    return { facts, findings: findingsOf(facts) };
  } finally {
    deadline.dispose();
  }
}
