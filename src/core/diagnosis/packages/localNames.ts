/** What the workspace has under a name that the output reports as missing. Such a name is never installed: it would be another package. */

/** A folder, a file or a package of the workspace. */
export interface LocalName {
  /** Absolute. */
  readonly path: string;
  /** Folder that contains it; for Python the one that must be searched. */
  readonly root: string;
  /**
   * `module`: Python code. `package`: a folder whose package.json has this name. `other`: anything else of this name.
   */
  readonly kind: 'module' | 'package' | 'other';
  /** Whether the whole dotted name leads to a file or folder there. */
  readonly isWhole: boolean;
}

export type LocalNames = ReadonlyMap<string, readonly LocalName[]>;

/** The first part of a dotted Python module. */
export const topOf = (module: string): string => module.split('.')[0] ?? module;

/** The package of an import: `@shop/ui` of `@shop/ui/button`, `lodash` of `lodash/fp`. */
export function nodePackageOf(module: string): string {
  const parts = module.split('/');
  return module.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? module);
}
