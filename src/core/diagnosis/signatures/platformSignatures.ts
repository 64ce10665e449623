/**
 * Signatures of packages whose build for this platform is missing: node_modules came from another system, or npm left it out. The messages
 * were seen by an installation for Windows on Linux; those of other systems are in the source of the loaders.
 */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const platformSignatures: readonly Signature[] = [
  sign(
    'foreignModule',
    'esbuild',
    /^You installed (?<module>esbuild) for another platform than the one you're currently using\./,
    "You installed esbuild for another platform than the one you're currently using.",
  ),
  sign(
    'foreignModule',
    'esbuild',
    /The package "@(?<module>esbuild)\/[\w-]{1,40}" could not be found, and is needed by esbuild/,
    'Error: The package "@esbuild/linux-x64" could not be found, and is needed by esbuild.',
  ),
  sign(
    'foreignModule',
    'Rollup',
    /Cannot find module @(?<module>rollup)\/rollup-[\w-]{1,40}\. npm has a bug/,
    'Error: Cannot find module @rollup/rollup-linux-x64-gnu. npm has a bug related to optional dependencies',
  ),
  sign(
    'foreignModule',
    'napi-rs',
    /^(?:Error: )?(?:Cannot find|Failed to load) native binding\b/,
    'Error: Cannot find native binding. npm has a bug related to optional dependencies',
  ),
  sign(
    'foreignModule',
    'napi-rs',
    /Cannot find module '[^']{0,200}?(?<module>[\w-]{1,60})\.(?:linux|darwin|win32)-[\w-]{1,40}\.node'/,
    "Error: Cannot find module '../lightningcss.linux-x64-gnu.node'",
  ),
  sign(
    'foreignModule',
    'napi-rs',
    /Cannot find (?:module|package) '(?<module>@?[a-z\d][\w./@-]{0,80}?)-(?:linux|darwin|win32)-(?:x64|arm64|ia32|arm)\b[\w-]{0,20}'/,
    "Error: Cannot find module '@tailwindcss/oxide-linux-x64-gnu'",
  ),
  sign(
    'foreignModule',
    'Next',
    /Failed to load (?<module>SWC) binary for (?:linux|darwin|win32)\b/,
    '⨯ Failed to load SWC binary for linux/x64, see more info here: https://nextjs.org/docs/messages/failed-loading-swc',
  ),
  sign(
    'foreignModule',
    'Node',
    /(?:invalid ELF header|wrong ELF class|slice is not valid mach-o file|incompatible architecture \(have|is not a valid Win32 application)/,
    'Error: /shop/node_modules/better-sqlite3/build/Release/better_sqlite3.node: invalid ELF header',
  ),
];
