/** Reads `.vscode/services.json`. Valid services can be used, and every problem has its place. */
import { t } from '../wording/l10n';
import { duplicateKey, readEntry, unknownKey } from './entry';
import type { Entry } from './entry';
import { resolveDependency } from './dependencies';
import type { Names } from './dependencies';
import type { ConfigProblem } from './problem';
import { addressReferencesOf } from './references';
import { checkRelations } from './relations';
import { fileSchema } from './schema';
import { isWithin, readSyntax } from './syntax';
import type { Syntax } from './syntax';
import { toSpec } from './toSpec';
import { propertiesOf, rangeOf } from './tree';
import type { Property } from './tree';
import { idOf } from '../model/identity';
import type { ServiceSpec } from '../model/service';
import type { BrokenService } from '../model/brokenService';

/** The workspace folder that the file belongs to. */
export interface ConfigPlace {
  /** File-system path. */
  readonly folder: string;
  /** Unique in the workspace: see `folderLabels`. */
  readonly folderName: string;
  /** In a multi-root workspace, ids are `<folderName>/<key>`. */
  readonly multiRoot: boolean;
}

export interface ParsedServices {
  /** In the order of the file. A dependency may name a service that is broken or belongs to another folder. */
  readonly services: readonly ServiceSpec[];
  /** Services that have an error and cannot be used, each with its first error. */
  readonly broken: readonly BrokenService[];
  /** In the order of the file. While one has the code `syntax`, an absent service may only be unreadable. */
  readonly problems: readonly ConfigProblem[];
}

/** Parses any text. Never throws. */
export function parseServices(text: string, place: ConfigPlace): ParsedServices {
  const syntax = readSyntax(text);
  const { properties, problems: fileProblems } = readFile(syntax, text.length);
  const names: Names = { ...place, keys: new Set(properties.map(({ key }) => key)) };
  const entries = refuseRepeated(properties.map((property) => readEntry(idOf(property.key, place), property, syntax.errors)));
  // A syntax error causes others further on, so only the first one within a service is reported.
  const outside = syntax.errors.filter((error) => !entries.some(({ property }) => isWithin(property, error)));
  const problems = [
    ...fileProblems,
    ...entries.flatMap((entry) => entry.problems),
    ...checkRelations(entries, names, addressReferencesOf(text, syntax.root, place)),
    ...outside.map(({ problem }) => problem),
  ].sort((a, b) => a.range.offset - b.range.offset);
  const broken = listBroken(entries, problems, place);
  const brokenIds = new Set(broken.map(({ id }) => id));
  const services = entries.flatMap(({ id, property: { key }, service }) => {
    if (service === undefined || brokenIds.has(id)) return [];
    const dependsOn = [...service.dependsOn].flatMap(([name, needed]) => {
      const resolved = resolveDependency(name, names);
      if (resolved.kind === 'unknown') return [];
      return [{ id: resolved.kind === 'local' ? idOf(resolved.key, place) : resolved.id, ...needed }];
    });
    return [toSpec(service, { id, key, folder: place.folder, folderName: place.folderName, dependsOn })];
  });
  return { services, broken, problems };
}

interface File {
  readonly properties: readonly Property[];
  readonly problems: readonly ConfigProblem[];
}

function readFile({ root, errors }: Syntax, length: number): File {
  const noServices = (message: string, range = { offset: 0, length: 0 }): File => ({
    properties: [],
    problems: errors.length > 0 ? [] : [{ severity: 'error', code: 'noServices', message, range }],
  });
  if (root === undefined)
    return noServices(t('The file is empty: write { "services": {} } and add services to it.'), { offset: 0, length });
  if (root.type !== 'object')
    return noServices(t('The file must contain an object: write { "services": {} } and add services to it.'), rangeOf(root));

  const known = Object.keys(fileSchema.entries);
  const top = propertiesOf(root);
  const unknown = top.filter(({ key }) => !known.includes(key)).map((property) => unknownKey({ ...property, path: [], known }));
  const [services, ...again] = top.filter(({ key }) => key === 'services');
  if (services === undefined) {
    const missing = noServices(t('The file has no "services": add "services": {} to it.'), { offset: root.offset, length: 1 });
    return { ...missing, problems: [...missing.problems, ...unknown] };
  }
  const { value } = services;
  if (value !== undefined && value.type !== 'object') {
    return noServices(
      t('"services" must be an object with one entry per service: write {} and add services to it.'),
      rangeOf(value),
    );
  }
  return { properties: propertiesOf(value), problems: [...unknown, ...again.map(repeatedServices)] };
}

const repeatedServices = ({ keyNode }: Property): ConfigProblem => ({
  severity: 'error',
  code: 'duplicateKey',
  message: t('Duplicate key "services" is ignored: move its services to the first one.'),
  range: rangeOf(keyNode),
});

/** Refuses services that share a name, because it is unclear which one is meant. */
function refuseRepeated(entries: readonly Entry[]): readonly Entry[] {
  const times = new Map<string, number>();
  for (const { id } of entries) times.set(id, (times.get(id) ?? 0) + 1);
  const seen = new Set<string>();
  return entries.map((entry) => {
    if (times.get(entry.id) === 1) return entry;
    const first = !seen.has(entry.id);
    seen.add(entry.id);
    return {
      ...entry,
      service: undefined,
      problems: first ? entry.problems : [...entry.problems, duplicateKey(entry.property, entry.id)],
    };
  });
}

function listBroken(
  entries: readonly Entry[],
  problems: readonly ConfigProblem[],
  { folder, folderName }: ConfigPlace,
): readonly BrokenService[] {
  const firstError = new Map<string, string>();
  for (const { service, severity, message } of problems) {
    if (service !== undefined && severity === 'error' && !firstError.has(service)) firstError.set(service, message);
  }
  const broken = new Map<string, BrokenService>();
  for (const { id, property } of entries) {
    const message = firstError.get(id);
    if (message !== undefined && !broken.has(id)) broken.set(id, { id, key: property.key, folder, folderName, message });
  }
  return [...broken.values()];
}
