/** Lists a folder and its subfolders, the shallow first. The limits hold for any monorepo. */
import type { FolderReader } from '../../app/ports';

/** The files of each listed folder, by its path. */
export type Listing = ReadonlyMap<string, ReadonlySet<string>>;

/** Reaches the manifest in `packages/apps/web/src/main/java/…`. */
const maxFolderDepth = 7;
const maxFolders = 2500;
/** A folder with more entries contains data, not a project. */
const maxEntries = 4000;
const parallelListings = 16;

/** Folders with code of others, with build output, or without services. Hidden folders are skipped as well. */
const skipped = new Set(
  [
    'node_modules bower_components jspm_packages vendor site-packages venv env virtualenv __pycache__ __pypackages__',
    'dist build out target obj Debug Release coverage htmlcov logs log tmp temp cache',
    'test tests __tests__ __mocks__ __snapshots__ e2e spec specs fixtures testdata cypress playwright api_tests integration-tests e2e-tests benchmarks bench src-tauri',
    'docs doc docs_src documentation example examples sample samples demo demos storybook',
    'public static assets images img fonts media locales locale i18n translations migrations templates',
  ].flatMap((line) => line.split(' ')),
);

export async function walk(reader: FolderReader): Promise<Listing> {
  const listing = new Map<string, ReadonlySet<string>>();
  let level = [''];
  for (let depth = 0; depth <= maxFolderDepth && level.length > 0; depth++) {
    const next: string[] = [];
    const allowed = level.slice(0, maxFolders - listing.size);
    for (let start = 0; start < allowed.length; start += parallelListings) {
      const folders = allowed.slice(start, start + parallelListings);
      const listed = await Promise.all(folders.map(async (folder) => ({ folder, entries: await reader.list(folder) })));
      for (const { folder, entries } of listed) next.push(...enter(folder, entries, listing));
    }
    level = next;
  }
  return listing;
}

type Entries = Awaited<ReturnType<FolderReader['list']>>;

/** Adds the files to the listing and returns the subfolders, sorted so that results are stable. */
function enter(folder: string, entries: Entries, listing: Map<string, ReadonlySet<string>>): readonly string[] {
  const bounded = entries.slice(0, maxEntries);
  const files = new Set(bounded.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  // A virtual environment may have any name.
  if (folder !== '' && files.has('pyvenv.cfg')) return [];
  listing.set(folder, files);
  return bounded
    .filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.') && !skipped.has(name))
    .map(({ name }) => join(folder, name))
    .sort();
}

const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
