/** Finds the proposals that services.json already contains under any name, and gives all of them names that are free in it. */
import { parse } from 'jsonc-parser';
import { defined } from '../core/model/defined';
import type { ServiceConfig } from '../core/config/schema';
import { commandLine } from '../core/model/service';
import { withoutTrailing } from '../core/model/withoutTrailing';
import type { ComparedProposal, ProposedService } from '../core/addServices/proposal';
import { dataAt, listAt, textAt } from './read/formats';
import type { Data } from './read/formats';

export function compare(text: string | undefined, proposals: readonly ProposedService[]): readonly ComparedProposal[] {
  const services = servicesIn(text);
  const taken = new Set(Object.keys(services));
  const named = proposals.map((proposal) => {
    const ways = [proposal.config, ...(proposal.alternative === undefined ? [] : [proposal.alternative.config])];
    const presentAs = Object.keys(services).find((key) => ways.some((config) => isSame(dataAt(services, key), config)));
    const id = freeName(proposal.id, taken);
    taken.add(id);
    return { proposal, id, presentAs };
  });
  // A dependency on an existing service uses its name in the file.
  const names = new Map(named.map(({ proposal, id, presentAs }) => [proposal.id, presentAs ?? id]));
  return named.map(({ proposal: { config, evidence, alternative: other }, id, presentAs }) => {
    const alternative = other && { ...other, config: renamed(other.config, names) };
    return { proposal: { id, config: renamed(config, names), evidence, ...defined({ alternative }) }, ...defined({ presentAs }) };
  });
}

/** Reads the services even from a text with syntax errors. */
const servicesIn = (text: string | undefined): Data =>
  text === undefined ? {} : dataAt(parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true }), 'services');

/** The same port means the same service: the command or the folder may be written differently. */
function isSame(entry: Data, config: ServiceConfig): boolean {
  const port = portOf(entry);
  if (port !== undefined && config.port !== undefined) return port === config.port;
  return folderOf(textAt(entry, 'cwd')) === folderOf(config.cwd) && lineOf(entry) === lineOf({ ...config });
}

const portOf = (entry: Data): number | undefined => {
  const port = Number(textAt(entry, 'port'));
  return Number.isInteger(port) && port > 0 ? port : undefined;
};

const folderOf = (cwd: string | undefined): string => withoutTrailing((cwd ?? '').replace(/^\.(?:\/|$)/, ''), '/');

/** A service with `compose` is the one that a command of Compose started in version 0.1. */
function lineOf(entry: Data): string {
  const port = portOf(entry);
  return commandLine({ command: composeLine(entry) ?? commandIn(entry), ...defined({ port }) });
}

function commandIn(entry: Data): string | string[] {
  const words = listAt(entry, 'command');
  return words.length > 0 ? words.map(String) : (textAt(entry, 'command') ?? '');
}

function composeLine(entry: Data): string | undefined {
  const table = dataAt(entry, 'compose');
  const service = textAt(entry, 'compose') ?? textAt(table, 'service');
  if (service === undefined) return undefined;
  const files = listAt(table, 'files').flatMap((file) => ['-f', String(file)]);
  return ['docker', 'compose', ...files, 'up', service].join(' ');
}

function freeName(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let count = 2; ; count++) if (!taken.has(`${id}-${count}`)) return `${id}-${count}`;
}

function renamed(config: ServiceConfig, names: ReadonlyMap<string, string>): ServiceConfig {
  const nameOf = (name: string): string => names.get(name) ?? name;
  const { dependsOn } = config;
  if (dependsOn === undefined) return config;
  if (Array.isArray(dependsOn)) return { ...config, dependsOn: dependsOn.map(nameOf) };
  return { ...config, dependsOn: Object.fromEntries(Object.entries(dependsOn).map(([name, needs]) => [nameOf(name), needs])) };
}
