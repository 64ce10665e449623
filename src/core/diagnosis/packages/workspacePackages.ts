/** Packages of a monorepo: whether an installation links them. */
import { joinPath, relativePath, upTo } from '../../workspaceFiles/paths';
import type { Facts, FileFacts } from '../facts';
import { fieldOf, jsonIn } from './nodePackages';

/** Returns the folder whose installation links the package at `path`: its `workspaces`, or pnpm-workspace.yaml, include it. */
export function linkingFolder(path: string, facts: Facts, files: FileFacts | undefined): string | undefined {
  return upTo(facts.cwd, facts.spec.folder).find((folder) => {
    const patterns = [
      ...workspacesIn(files?.texts.get(joinPath(folder, 'package.json'))),
      ...pnpmPackagesIn(files?.texts.get(joinPath(folder, 'pnpm-workspace.yaml'))),
    ];
    const relative = relativePath(folder, path).replaceAll('\\', '/');
    return patterns.some((pattern) => covers(pattern, relative));
  });
}

/** An array, or in Yarn 1 an object with `packages`. */
function workspacesIn(manifest: string | undefined): readonly string[] {
  const found = fieldOf(jsonIn(manifest), 'workspaces');
  const list = Array.isArray(found) ? found : fieldOf(found, 'packages');
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

/** The items of the list `packages`, as pnpm's documentation writes it. */
function pnpmPackagesIn(text: string | undefined): readonly string[] {
  const lines = (text ?? '').split('\n');
  const start = lines.findIndex((line) => line.startsWith('packages:'));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^[^\s#-]/.test(line));
  return rest.slice(0, end < 0 ? undefined : end).flatMap((line) => /^\s*-\s*["']?([^"'\s#]+)/.exec(line)?.[1] ?? []);
}

/** `packages/*` covers `packages/ui`, `apps/**` everything below apps. */
function covers(pattern: string, relative: string): boolean {
  if (pattern.startsWith('!')) return false;
  const wanted = pattern
    .replace(/^\.\//, '')
    .split('/')
    .filter((part) => part !== '');
  const parts = relative.split('/');
  const open = wanted.indexOf('**');
  const fixed = open < 0 ? wanted : wanted.slice(0, open);
  if (open < 0 ? parts.length !== fixed.length : parts.length <= fixed.length) return false;
  return fixed.every((part, at) => part === '*' || part === parts[at]);
}
