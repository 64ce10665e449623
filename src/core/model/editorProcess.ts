/** Which processes belong to VS Code itself: ending one would close a window, its extensions or a forwarded port. */
import type { ProcessRow } from './process';

type Relative = Pick<ProcessRow, 'pid' | 'command'>;

/**
 * Whether a process is one of the editor's own. `lineage` is the process, its parent and so on; `ownLineage` is the same of this
 * extension host. Tasks and terminals descend from the pty host and are not the editor's; other children of the editor are.
 */
export function isEditorProcess(lineage: readonly Relative[], ownLineage: readonly Relative[]): boolean {
  const [self, parent] = lineage;
  if (self === undefined) return false;
  const own = ownLineage.map(({ pid }) => pid);
  if (own.includes(self.pid) || looksLikeEditor(self.command)) return true;
  // Not the first of the lineage: what an extension or a debugger starts is the user's program.
  const isAboveUs = parent !== undefined && own.slice(1).includes(parent.pid);
  return isAboveUs && looksLikeEditor(parent.command) && !isPtyHost(parent.command);
}

const isPtyHost = (command: string): boolean => /--type=ptyHost\b/.test(command);

/** What identifies the process is at the beginning; a command line has no length limit. */
const maxExaminedLength = 2000;

function looksLikeEditor(command: string): boolean {
  const start = command.slice(0, maxExaminedLength);
  return signs.some((sign) => sign.test(start));
}

/** As seen on 1.139.1 (server) and read in the sources (desktop); forks of VS Code keep the names of these files. */
const signs: readonly RegExp[] = [
  // The server of a remote window, and what it forks: extension hosts, pty host, file watchers.
  /[\\/]out[\\/](?:vs[\\/]server[\\/])?server-main\.js\b/,
  /[\\/]bootstrap-fork(?:\.js)?["']? .*--type=/,
  /--type=(?:extensionHost|ptyHost|fileWatcher)\b/,
  // Desktop: the helpers of macOS.
  /\bHelper(?: \((?:Plugin|Renderer|GPU)\))?["']? .{0,400}--type=/,
  // Desktop: the main process, and its children, which are the same program elsewhere.
  /^["']?[^"']*[\\/](?:Code|Code - Insiders|VSCodium|Cursor|Windsurf)\.exe["']?(?: |$)/,
  /[\\/](?:Visual Studio Code(?: - Insiders)?|VSCodium|Cursor|Windsurf)\.app[\\/]Contents[\\/]/,
  /^["']?\/(?:usr|opt|snap)\/[^"']*\/(?:code|code-insiders|code-oss|codium|cursor|windsurf)["']?(?: |$)/,
];
