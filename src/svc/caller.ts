/** Which program runs this one: an agent in a terminal says so in the environment, else the parent process is named. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { programName } from '../core/model/actor';
import type { Delegate } from '../core/model/actor';
import { defined } from '../core/model/defined';

/** Variables that agents set for what they run, as of 2025: Claude Code, Codex CLI, Gemini CLI, Cursor, Aider, Copilot CLI. */
const agents: readonly (readonly [RegExp, string])[] = [
  [/^CLAUDECODE$/, 'claude'],
  [/^CODEX_/, 'codex'],
  [/^GEMINI_CLI$/, 'gemini'],
  [/^CURSOR_(?:AGENT|TRACE_ID)/, 'cursor'],
  [/^AIDER_/, 'aider'],
  [/^COPILOT_CLI/, 'copilot'],
];

export function callerOf(env: NodeJS.ProcessEnv, parent: () => string | undefined): Delegate {
  const names = Object.keys(env).filter((name) => env[name] !== '');
  const agent = agents.find(([variable]) => names.some((name) => variable.test(name)))?.[1];
  return { kind: 'cli', ...defined({ who: agent ?? programName(parent()) }) };
}

/** The name of the parent process, where the system shows it without another process. */
export function parentName(): string | undefined {
  try {
    const [program = ''] = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8').split('\0');
    return path.basename(program).replace(/^-/, '');
  } catch {
    return undefined;
  }
}
