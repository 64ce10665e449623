/** The engine of the agents' tools over a fake world. */
import { Engine } from '../../../src/app/agents/engine';
import type { EngineParts } from '../../../src/app/agents/engineParts';
import { EventLog } from '../../../src/app/agents/eventLog';
import type { Reply } from '../../../src/core/agents/outcome';
import type { ToolName } from '../../../src/core/agents/toolNames';
import type { Finding } from '../../../src/core/diagnosis/finding';
import type { ServiceSpec } from '../../../src/core/model/service';
import { searchLines } from '../../../src/os/agents/searchLines';
import { FakeWorld } from './world';

export const copilot = { kind: 'agent', who: 'Copilot' } as const;

export class FakeAgents {
  readonly world: FakeWorld;
  readonly events: EventLog;
  readonly engine: Engine;
  isTrusted = true;
  envValues: readonly string[] = [];
  /** By service. */
  readonly externalUrls = new Map<string, string>();
  findings: readonly Finding[] = [];
  /** How a one-off command ends. */
  runCommand: EngineParts['runCommand'] = () => Promise.resolve({ end: { kind: 'succeeded' }, lines: [], findings: [] });

  constructor(...services: readonly ServiceSpec[]) {
    this.world = new FakeWorld(...services);
    const { store, clock, supervisor, logs } = this.world;
    this.events = new EventLog({ store, clock, numbers: logs });
    const parts: EngineParts = {
      ...{ store, clock, supervisor, logs, events: this.events },
      externalUrl: (service) => Promise.resolve(this.externalUrls.get(service.spec.id)),
      isTrusted: () => this.isTrusted,
      diagnose: () => Promise.resolve(this.findings),
      runChecks: () => Promise.resolve([{ name: 'Health', ok: true, status: 200, latencyMs: 3 }]),
      runCommand: (request) => this.runCommand(request),
      output: ({ spec }) => Promise.resolve(supervisor.output(spec.id)),
      envFileValues: () => Promise.resolve(this.envValues),
      search: searchLines,
      refreshLog: () => Promise.resolve(),
    };
    this.engine = new Engine(parts);
  }

  /** Calls a tool, and lets so much time pass (ms) meanwhile. */
  async call(
    name: ToolName,
    input: unknown = {},
    ms = 500,
    signal = new AbortController().signal,
  ): Promise<Record<string, unknown>> {
    const called = this.engine.call(name, input, { by: copilot, signal });
    await this.world.clock.turn(ms);
    const result = await called;
    if (result.kind === 'refused') throw new Error(result.problem);
    return asRecord(result.reply);
  }
}

const asRecord = (reply: Reply): Record<string, unknown> => ({ ...reply });
