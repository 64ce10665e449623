/** Whether a setup step has to run: what it makes is missing, or older than what it is made from. */
import { packageManagers } from '../model/packageManagers';

/** When something was made, and when the newest of what it is made from changed; undefined where there is none. In ms since the epoch. */
export interface Made {
  readonly at: number | undefined;
  readonly from: number | undefined;
}

/**
 * `doneAt` (ms since the epoch) is when the step last succeeded: pip changes what is inside of `.venv` and npm may find
 * nothing to do, and neither makes the folder newer.
 */
export function isStale({ at, from }: Made, doneAt: number | undefined): boolean {
  if (at === undefined) return true;
  return from !== undefined && from > Math.max(at, doneAt ?? 0);
}

/** What is known of a folder that a tool makes. */
export interface Recipe {
  /** Files inside that the tool writes last; the folder itself is touched by other things as well, such as caches. */
  readonly stamps: readonly string[];
  /** Lock files and manifests beside it. */
  readonly manifests: readonly string[];
}

/** By the last name of the path of `unless`; of anything else its existence suffices. */
export const recipeOf = (name: string): Recipe | undefined => recipes.get(name);

const node: Recipe = {
  stamps: packageManagers.flatMap(({ stamps }) => stamps),
  manifests: [...packageManagers.flatMap(({ lockFiles }) => lockFiles), 'package.json'],
};

const python: Recipe = {
  stamps: ['pyvenv.cfg'],
  manifests: ['requirements.txt', 'pyproject.toml', 'poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock', 'Pipfile'],
};

/** Composer and Bundler. */
const vendor: Recipe = { stamps: [], manifests: ['composer.lock', 'composer.json', 'Gemfile.lock', 'Gemfile'] };

const recipes: ReadonlyMap<string, Recipe> = new Map([
  ['node_modules', node],
  ['.venv', python],
  ['venv', python],
  ['vendor', vendor],
]);
