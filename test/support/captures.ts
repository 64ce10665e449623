/** What tools of other systems print, from test/fixtures. Lines that begin with # say what a file holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { known } from '../../src/core/model/process';
import type { RunMacTool } from '../../src/os/system/macTool';
import { repositoryRoot } from './repository';

export const captured = (file: string): string =>
  readFileSync(join(repositoryRoot, 'test', 'fixtures', file), 'utf8').replace(/^#.*\r?\n/gm, '');

export interface Printed {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** In the place of the tools of macOS; what was called is in `calls`. */
export function macTools(print: (call: string) => Printed): { readonly run: RunMacTool; readonly calls: readonly string[] } {
  const calls: string[] = [];
  return {
    calls,
    run(tool, args) {
      const call = [tool, ...args].join(' ');
      calls.push(call);
      return Promise.resolve(known({ exitCode: 0, stdout: '', stderr: '', ...print(call) }));
    },
  };
}
