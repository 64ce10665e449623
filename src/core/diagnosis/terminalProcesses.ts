/** What runs in the terminals of a window beside its services. */
import type { ProcessIdentity } from '../model/process';
import { programOf } from './programs';

export interface TerminalProcess extends ProcessIdentity {
  readonly command: string;
  /** Name of its terminal. */
  readonly terminal: string;
  /** ms since the epoch */
  readonly startedAt: number;
  /** Only of one that listens, where the system shows it. */
  readonly cwd?: string;
  /** TCP ports on which it listens. */
  readonly ports: readonly number[];
}

/** Names of programs that run commands for their user without being asked for each, as of 2026. */
const agents: ReadonlySet<string> = new Set([
  ...['claude', 'claude-code', 'codex', 'gemini', 'gemini-cli', 'aider', 'cursor-agent', 'copilot', 'goose', 'opencode', 'amp'],
  ...['crush', 'qwen', 'qwen-code', 'auggie', 'droid', 'openhands', 'cline', 'plandex'],
]);

/** Name of the agent that a command line runs; undefined for any other program. */
export function agentOf(command: string): string | undefined {
  const program = programOf(command)?.name;
  return program !== undefined && agents.has(program) ? program : undefined;
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'fish', 'dash', 'ksh', 'pwsh', 'powershell', 'cmd', 'nu']);

/** What VS Code adds to load its shell integration (seen on 1.139.1; shellIntegration-*.sh, .fish and .ps1). */
const integration = /\s--(?:init-file|rcfile)[ =]\S+|\s--init-command[ =].*/;

/** Whether it is a shell that waits for what its user types, and not one that runs a script or a command. */
export function isInteractiveShell(command: string): boolean {
  const program = programOf(command.replace(integration, ''));
  if (program === undefined || !shells.has(program.name)) return false;
  if (/\s-noexit\b/i.test(command)) return true;
  return program.words.length === 0 && !/\s[-/]\w*c\b/i.test(command) && !/\s-command\b/i.test(command);
}
