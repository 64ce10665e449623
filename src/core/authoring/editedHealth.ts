/** The value of `health` in services.json with one change, for the actions of a diagnosis. */
import { defaultProbeSettings } from '../config/toSpec';
import { formatDuration } from '../config/duration';
import { defined } from '../model/defined';
import type { ProbeSpec, ProbeTarget } from '../model/service';
import { isUnproven } from '../model/unprovenPath';

export type HealthEdit =
  /** In ms. */
  | { readonly timeout: number }
  /** Only connects to this port; what concerns HTTP goes. */
  | { readonly tcp: number }
  /** Accepts this status as well. */
  | { readonly accept: number }
  /** Requests this path, which was seen to respond: what was accepted because the path was not tried goes. */
  | { readonly path: string };

/** Returns what services.json must have, without what is the default. Without a probe nothing but the change is there. */
export function editedHealth(probe: ProbeSpec | undefined, edit: HealthEdit): object | string {
  if ('tcp' in edit) return { tcp: edit.tcp, ...(probe === undefined ? {} : changedSettings(probe)) };
  if (probe === undefined) return {};
  const { json, headers } = probe;
  const status = isUnproven(probe) && !('timeout' in edit) ? undefined : probe.status;
  const http = defined({ status, json, headers: Object.keys(headers).length === 0 ? undefined : headers });
  const value = { ...targetOf(probe.target), ...http, ...changedSettings(probe) };
  if ('timeout' in edit) return { ...value, timeout: formatDuration(edit.timeout) };
  if ('path' in edit) return Object.keys(value).length === 1 ? edit.path : { ...value, http: edit.path };
  return { ...value, status: [...new Set([...(status ?? [200]), edit.accept])] };
}

function targetOf(target: ProbeTarget): object {
  switch (target.kind) {
    case 'http':
      return { http: target.address };
    case 'tcp':
      return { tcp: target.port };
    case 'exec':
      return { exec: target.command };
    case 'container':
      return {};
  }
}

function changedSettings(probe: ProbeSpec): object {
  const duration = (key: 'interval' | 'timeout' | 'startPeriod'): string | undefined =>
    probe[key] === defaultProbeSettings[key] ? undefined : formatDuration(probe[key]);
  const count = (key: 'successThreshold' | 'failureThreshold'): number | undefined =>
    probe[key] === defaultProbeSettings[key] ? undefined : probe[key];
  return defined({
    interval: duration('interval'),
    timeout: duration('timeout'),
    startPeriod: duration('startPeriod'),
    successThreshold: count('successThreshold'),
    failureThreshold: count('failureThreshold'),
  });
}
