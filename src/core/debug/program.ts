/** Which language runs a process, by the program of its command line. */
import { nameOf } from '../workspaceFiles/paths';

export interface Program {
  readonly kind: 'node' | 'python' | 'other';
  /** Without folder and ending. */
  readonly name: string;
}

export function programOf(command: string): Program {
  const [, quoted, bare] = /^\s{0,10}(?:"([^"]{1,500})"|(\S{1,500}))/.exec(command) ?? [];
  const name = nameOf((quoted ?? bare ?? '').replaceAll('\\', '/')).replace(/\.exe$/i, '');
  // Next.js gives its process a title in the place of the command.
  if (/^(?:node(?:js)?(?:-?\d{1,3})?|next-server)$/i.test(name)) return { kind: 'node', name };
  if (/^(?:python|pypy)[\d.]{0,8}w?$/i.test(name)) return { kind: 'python', name };
  return { kind: 'other', name };
}
