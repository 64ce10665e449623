/** Asks ports of a service whether the inspector of Node is listening there. */
import { possibleInspectors, reachable } from '../../core/debug/ports';
import type { DebuggerSigns } from '../../core/debug/ports';
import type { Listener } from '../../core/model/process';
import type { ProbeSpec } from '../../core/model/service';
import type { Prober } from '../ports';

/** It answers in a thread of its own, even while its program is paused. */
const timeoutMs = 500;

/** Returns the ports that respond as an inspector does, of those for which nothing else shows it. */
export async function askInspectors(
  signs: Omit<DebuggerSigns, 'inspectors'>,
  prober: Prober,
  signal = new AbortController().signal,
): Promise<ReadonlySet<number>> {
  const asked = possibleInspectors({ ...signs, inspectors: new Set() });
  const answers = await Promise.all(asked.map((listener) => isInspector(listener, prober, signal)));
  return new Set(asked.filter((_, at) => answers[at]).map(({ port }) => port));
}

async function isInspector(listener: Listener, prober: Prober, signal: AbortSignal): Promise<boolean> {
  const { port } = listener;
  const address = reachable(listener);
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const probe = { ...request, target: { kind: 'http', address: `http://${place}/json/version` } as const };
  return (await prober.probe({ probe, cwd: '', env: {}, port }, signal)).ok;
}

/** https://chromedevtools.github.io/devtools-protocol: what every server of the protocol answers. */
const request: Omit<ProbeSpec, 'target'> = {
  json: { 'Protocol-Version': '1.1' },
  headers: {},
  interval: timeoutMs,
  timeout: timeoutMs,
  startPeriod: 0,
  successThreshold: 1,
  failureThreshold: 1,
};
