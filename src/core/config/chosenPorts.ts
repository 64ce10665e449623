/** Puts chosen ports into services, and the addresses of services into the texts of others. */
import { defined } from '../model/defined';
import type { ProbeSpec, ServiceSpec } from '../model/service';
import { replaceReferences } from './portReferences';
import type { PortReference } from './portReferences';
import { defaultProbeSettings, withPort } from './toSpec';

/** Where the container of a service is reached, as far as that was seen and no file says it. */
export interface ContainerPlace {
  readonly published?: number;
  /** Of its engine, when that is another machine; an IPv6 address within brackets. */
  readonly host?: string;
}

/** What is known of services beyond their files, by id. */
export interface Chosen {
  /** Of services whose port is not fixed. A service without one keeps its variables. */
  readonly ports: ReadonlyMap<string, number>;
  readonly containers: ReadonlyMap<string, ContainerPlace>;
}

/** A service, and where others reach it. */
type Reached = ServiceSpec & { readonly place?: ContainerPlace };

export function withChosenPorts(specs: readonly ServiceSpec[], { ports: chosen, containers }: Chosen): readonly ServiceSpec[] {
  const numbered = specs.map((spec) => (spec.portChoice === undefined ? spec : numberedBy(spec, chosen.get(spec.id))));
  const reached = numbered.map((spec): Reached => {
    const place = containers.get(spec.id);
    return place === undefined ? spec : { ...spec, ...defined({ port: spec.port ?? place.published }), place };
  });
  return numbered.map((spec, index) => {
    const used = new Map<string, number | undefined>();
    const fixed: Record<string, string> = {};
    const replaced = replacedIn(spec, (kind, name) => {
      const other = serviceNamed(name, spec, reached);
      if (other === undefined) return undefined;
      used.set(other.id, other.port);
      const value = addressIn(specs, spec, { kind, name });
      if (value !== undefined) fixed[`${kind}:${name}`] = value;
      return addressIn(reached, spec, { kind, name });
    });
    if (spec.portChoice === undefined && used.size === 0) return spec;
    const ports = [...used].flatMap(([id, port]) => (port === undefined ? [] : [[id, port] as const]));
    const usedPorts = ports.length === 0 ? undefined : Object.fromEntries(ports);
    return { ...replaced, ...defined({ usedPorts }), asWritten: withFixed(specs[index] ?? spec, fixed) };
  });
}

/**
 * The address that a reference in a text of `from` stands for, as far as it is known among these. `within` are the services whose address
 * is being made: one that needs itself has none.
 */
function addressIn(
  specs: readonly Reached[],
  from: ServiceSpec,
  { kind, name }: Pick<PortReference, 'kind' | 'name'>,
  within: readonly string[] = [],
): string | undefined {
  const other = serviceNamed(name, from, specs);
  if (other === undefined || within.includes(other.id)) return undefined;
  return kind === 'port' ? other.port?.toString() : baseOf(other, specs, [...within, from.id]);
}

function withFixed({ fixedAddresses: _before, ...spec }: ServiceSpec, fixed: Readonly<Record<string, string>>): ServiceSpec {
  return Object.keys(fixed).length === 0 ? spec : { ...spec, fixedAddresses: fixed };
}

/** The service that a reference in a text of `from` names: the key in the same file, with or without its folder, or an id. */
export const serviceNamed = <Named extends Pick<ServiceSpec, 'id' | 'key' | 'folder' | 'folderName'>>(
  name: string,
  from: Pick<ServiceSpec, 'folder'>,
  specs: readonly Named[],
): Named | undefined =>
  specs.find(({ folder, key, folderName }) => folder === from.folder && (key === name || `${folderName}/${key}` === name)) ??
  specs.find(({ id }) => id === name);

function numberedBy(spec: ServiceSpec, port: number | undefined): ServiceSpec {
  if (port === undefined) return spec;
  const { probe } = spec;
  if (probe === undefined && spec.compose === undefined)
    return { ...spec, port, probe: { ...defaultProbeSettings, target: { kind: 'tcp', port } } };
  return { ...spec, port, ...defined({ probe: probe === undefined ? undefined : probeAt(probe, port) }) };
}

const probeAt = (probe: ProbeSpec, port: number): ProbeSpec =>
  probe.target.kind === 'http' ? { ...probe, target: { kind: 'http', address: withPort(probe.target.address, port) } } : probe;

/** Without a slash at its end. `within`: see {@link addressIn}. */
function baseOf(spec: Reached, specs: readonly Reached[], within: readonly string[]): string | undefined {
  const { host = 'localhost' } = spec.place ?? {};
  if (spec.url === undefined || spec.url === '') return spec.port === undefined ? undefined : `http://${host}:${spec.port}`;
  const own = spec.port === undefined ? spec.url : withPort(spec.url, spec.port);
  const whole = replaceReferences(own, (kind, name) => addressIn(specs, spec, { kind, name }, within));
  return whole.endsWith('/') ? whole.slice(0, -1) : whole;
}

type ValueOf = (kind: PortReference['kind'], name: string) => string | undefined;

/** Everything in which the contract allows references. */
function replacedIn(spec: ServiceSpec, valueOf: ValueOf): ServiceSpec {
  const text = (written: string): string => replaceReferences(written, valueOf);
  const each = (record: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, text(value)]));
  const { command, url, probe, stopCommand } = spec;
  return {
    ...spec,
    command: typeof command === 'string' ? text(command) : command.map(text),
    env: each(spec.env),
    commands: each(spec.commands),
    setup: spec.setup.map((step) => ({ ...step, command: text(step.command) })),
    checks: spec.checks.map((check) => ({ ...check, http: text(check.http) })),
    ...defined({
      url: url === undefined ? undefined : text(url),
      stopCommand: stopCommand === undefined ? undefined : text(stopCommand),
      probe: probe === undefined ? undefined : replacedProbe(probe, text),
    }),
  };
}

function replacedProbe(probe: ProbeSpec, text: (written: string) => string): ProbeSpec {
  const { target } = probe;
  if (target.kind === 'http') return { ...probe, target: { ...target, address: text(target.address) } };
  return target.kind === 'exec' ? { ...probe, target: { ...target, command: text(target.command) } } : probe;
}
