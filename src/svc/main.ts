/** The command svc. Its script passes the folder that VS Code gives the extension, then the arguments of the user. */
import { callerOf, parentName } from './caller';
import { help, parseCommandLine } from './commandLine';
import { exitCodes } from './exitCodes';
import { run } from './run';
import { Session } from './session';

declare const svcVersion: string;

async function main([storage = '', ...args]: readonly string[]): Promise<number> {
  const abort = new AbortController();
  const terminal = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
    signal: abort.signal,
  };
  const parsed = parseCommandLine(args);
  switch (parsed.kind) {
    case 'help':
      return (terminal.out(help), exitCodes.done);
    case 'version':
      return (terminal.out(`${svcVersion}\n`), exitCodes.done);
    case 'wrong':
      return (terminal.err(`${parsed.problem} See svc --help.\n`), exitCodes.wrongUse);
    case 'run': {
      const { options } = parsed;
      const place = { storage, folder: options.folder ?? process.cwd() };
      const caller = callerOf(process.env, parentName);
      if (options.command === 'mcp') {
        const { serveMcp } = await import('./mcp');
        return serveMcp(place, { ...caller, kind: 'agent' }, svcVersion);
      }
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted(abort));
      const session = new Session(place, caller, terminal);
      if (!(await session.open())) return exitCodes.noWindow;
      const code = await run(options, session);
      session.dispose();
      return abort.signal.aborted && options.command !== 'logs' ? 130 : code;
    }
  }
}

/** The second Ctrl+C does not wait for the window. */
function interrupted(abort: AbortController): void {
  if (abort.signal.aborted) process.exit(130);
  abort.abort();
}

// What reads the output may be gone, as with svc logs | head.
process.stdout.on('error', () => process.exit(exitCodes.done));
void main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = exitCodes.failed;
  },
);
