/** A service from a list of processes, such as a Procfile. */
import { defined } from '../../core/model/defined';
import type { Candidate, Role } from '../candidate';
import { runsOf } from '../command';
import type { Data } from '../read/formats';
import { join } from '../read/paths';
import { roleOfName, runsJobs } from './roles';
import { readLine } from './starts';

export interface Declared {
  readonly name: string;
  readonly line: string;
  /** The folder in which the line runs. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The file that contains it. */
  readonly file: string;
  readonly where: string;
}

/** A file that is written by hand names fewer services. */
const maxServicesPerFile = 100;

/** Returns the names of the services that a file declares, the first 100. */
export const declaredNames = (services: Data): readonly string[] => Object.keys(services).slice(0, maxServicesPerFile);

/** Foreman and similar tools assign ports from here when a line uses `$PORT`. */
const foremanPort = 5000;

export function declared({ name, line, cwd, env = {}, file, where }: Declared): Candidate {
  const step = /^cd\s+("[^"]+"|'[^']+'|[^\s&;]+)\s*(?:&&|;)\s*(.+)$/s.exec(line.trim());
  const place = step === null ? cwd : join(cwd, (step[1] ?? '').replace(/^["']|["']$/g, ''));
  const { env: before, rest } = withoutVariables((step?.[2] ?? line).trim());
  const all = { ...env, ...before };
  const run = runsOf(rest).at(-1);
  const read = readLine(run?.words ?? [], { ...all, ...run?.env }, place);
  // PowerShell and cmd have another syntax for variables; the service's port is known to both.
  const command = withPort(rest);
  const asksForPort = command !== rest || Object.values(before).some((value) => value.includes('${port}'));
  const port = read.port ?? (asksForPort ? { number: foremanPort, from: 'default' as const } : undefined);
  return {
    name,
    kind: 'declared',
    source: 'declared',
    role: roleOf(name, rest, port !== undefined),
    cwd: place,
    command,
    evidence: [`"${name}: ${line.trim()}" in ${where}`],
    ...defined({
      port: port && asksForPort ? { ...port, move: command } : port,
      more: Object.keys(all).length === 0 ? undefined : { env: all },
      starts: read.starts,
    }),
    file,
  };
}

const withPort = (text: string): string => text.replace(/\$\{PORT(?::-\d+)?\}|\$PORT\b/g, '${port}');

/** Variables before a program work in no shell of Windows. Those that the shell would have to expand stay. */
function withoutVariables(line: string): { readonly env: Readonly<Record<string, string>>; readonly rest: string } {
  const env: Record<string, string> = {};
  let rest = line.replace(/^env[ \t]+(?=[A-Za-z_]\w*=)/, '');
  for (;;) {
    const [whole, name = '', written = ''] = /^([A-Za-z_]\w*)=("[^"\n]*"|'[^'\n]*'|[^\s"';&|]*)[ \t]+(?=\S)/.exec(rest) ?? [];
    const value = withPort(written.replace(/^["']|["']$/g, ''));
    if (whole === undefined || value.replaceAll('${port}', '').includes('$')) return { env, rest };
    env[name] = value;
    rest = rest.slice(whole.length);
  }
}

/** A line that runs jobs is a worker, whatever its name. */
const roleOf = (name: string, line: string, listens: boolean): Role =>
  runsJobs(line) ? 'worker' : (roleOfName(name) ?? (listens ? 'backend' : 'worker'));
