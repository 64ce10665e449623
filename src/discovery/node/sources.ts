/** Finds the files of a package that are worth reading: their names suggest a port, an address or a route. */
import { isWithin, join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import type { Source } from '../read/source';
import type { Package } from './packages';

const maxFilesPerPackage = 40;
const maxFilesOfAllPackages = 320;
const maxFolderDepth = 4;

const wanted = [
  /^(?:vite|next|nuxt|astro|vue|webpack|svelte|angular|craco)\.config\.[\w.]+$|^proxy\.conf\.\w+$|^setupProxy\.\w+$|^angular\.json$/,
  /^(?:server|index|main|app|www|start|bootstrap)(?:\.(?:[cm]?[jt]sx?))?$/i,
  /^(?:.*(?:health|route|router|api|client|config|env|environment|constants?|socket|axios|http|fetch|proxy|settings|db|database|mongo|redis|prisma|store|controller)\b.*)\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
  /^(?:App|App\.\w+|.*[sS]ervice)\.(?:[cm]?[jt]sx?|vue|svelte)$/,
];

/** Addresses in a frontend may be in any component. */
const anyCode = /\.(?:[jt]sx?|vue|svelte)$/;

/** `wide` also reads files whose names suggest nothing, as far as the limits allow. */
export async function packageSources(project: Project, one: Package, wide = false): Promise<readonly Source[]> {
  const base = one.folder === '' ? 0 : one.folder.split('/').length;
  const rank = (file: string): number => {
    const index = wanted.findIndex((pattern) => pattern.test(nameOf(file)));
    return index < 0 && wide && anyCode.test(file) ? wanted.length : index;
  };
  const packages = project.find(/^package\.json$/).length;
  const share = Math.max(6, Math.min(maxFilesPerPackage, Math.floor(maxFilesOfAllPackages / Math.max(1, packages))));
  const files = project.folders
    .filter(
      (folder) =>
        isWithin(folder, one.folder) && depthOf(folder) - base <= maxFolderDepth && ownerOf(project, folder) === one.folder,
    )
    .flatMap((folder) => project.filesIn(folder).map((file) => join(folder, file)))
    .filter((file) => !/\.(?:test|spec|stories|d)\.\w+$/.test(file))
    .map((file, order) => ({ file, order, rank: rank(file) }))
    .filter(({ rank: found }) => found >= 0)
    .sort((a, b) => a.rank - b.rank || a.order - b.order);
  return project.sources(files.slice(0, share).map(({ file }) => file));
}

const depthOf = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);

/** Returns the package that a folder belongs to. */
function ownerOf(project: Project, folder: string): string | undefined {
  const manifest = project.nearest(folder, ['package.json']);
  return manifest === undefined ? undefined : parentOf(manifest);
}
