/** Converts the parsed files to the configuration of the store. */
import { defined } from '../../core/model/defined';
import type { BrokenFile } from '../../core/model/brokenFile';
import type { BrokenService } from '../../core/model/brokenService';
import type { ServiceSpec } from '../../core/model/service';
import type { ConfigProblem } from '../../core/config/problem';
import type { Service } from '../../core/lifecycle/state';
import { positionAt } from '../../core/config/position';
import type { Configuration } from '../store';

/** One parsed services.json. */
export interface ReadFile {
  readonly folder: string;
  readonly folderName: string;
  readonly text: string;
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  readonly problems: readonly ConfigProblem[];
}

/** What was known before the files were read. */
export interface Known {
  readonly services: readonly Service[];
  readonly configuration: Configuration;
}

/** A file with a syntax error leaves its services as they were, so that a missing comma neither removes nor changes one. */
export function configurationOf(files: readonly ReadFile[], before: Known): Configuration {
  const read = files.map((file) => readFile(file, before));
  return {
    services: read.flatMap(({ services }) => services),
    broken: read.flatMap(({ broken }) => broken),
    brokenFiles: read.flatMap(({ brokenFile }) => brokenFile ?? []),
  };
}

interface Read {
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  readonly brokenFile?: BrokenFile;
}

function readFile(file: ReadFile, { services, configuration }: Known): Read {
  const { folder } = file;
  const error = file.problems.find(({ code }) => code === 'syntax' || code === 'noServices');
  if (error === undefined) return file;
  const known = services.filter(({ spec }) => spec.folder === folder).map(({ spec }) => spec);
  const earlier = configuration.brokenFiles?.find((each) => each.folder === folder);
  const isKept = error.code === 'syntax' && known.length > 0 && earlier?.shows !== 'readable';
  const brokenFile = brokenFileOf(file, error, isKept ? 'lastValid' : 'readable');
  if (isKept) return { services: known, broken: configuration.broken.filter((each) => each.folder === folder), brokenFile };
  const seen = new Set([...file.services, ...file.broken].map(({ id }) => id));
  const hidden = error.code === 'syntax' ? known.filter(({ id }) => !seen.has(id)) : [];
  return { services: [...file.services, ...hidden], broken: file.broken, brokenFile };
}

function brokenFileOf({ folder, folderName, text }: ReadFile, error: ConfigProblem, shows: BrokenFile['shows']): BrokenFile {
  const { line, character } = positionAt(text, error.range.offset);
  return defined({ folder, folderName, line: line + 1, column: character + 1, message: error.message, shows });
}
