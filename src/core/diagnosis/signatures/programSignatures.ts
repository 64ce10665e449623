/** Signatures for missing programs and modules and for syntax errors. Seen in the output or the source of the tools; see the examples. */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const programSignatures: readonly Signature[] = [
  sign(
    'pythonModule',
    'uvicorn',
    /Could not import module "(?<module>[^"]+)"/,
    'ERROR:    Error loading ASGI app. Could not import module "main".',
  ),
  sign(
    'pythonModule',
    'Python',
    /ModuleNotFoundError: No module named '(?<module>[^']+)'/,
    "ModuleNotFoundError: No module named 'fastapi'",
  ),
  sign('pythonModule', 'Python', /: No module named '?(?<module>[\w.]+)'?$/, '/usr/bin/python3: No module named uvicorn'),
  sign('nodeModule', 'Node', /Cannot find (?:module|package) '(?<module>[^']+)'/, "Error: Cannot find module 'express'"),
  sign(
    'nodeModule',
    'Vite',
    /Failed to resolve (?:import|dependency:?) "(?<module>[^"]+)"/,
    '[plugin:vite:import-analysis] Failed to resolve import "axios" from "src/main.ts". Does the file exist?',
  ),
  sign(
    'nodeModule',
    'webpack',
    /Module not found: (?:Error: )?Can't resolve '(?<module>[^']+)'/,
    "Module not found: Error: Can't resolve 'axios' in '/app/src'",
  ),
  sign(
    'command',
    'sh',
    /^(?:\/bin\/)?\w*sh: (?:line )?\d{0,9}:? ?(?<command>\S+): (?:command )?not found$/,
    'sh: 1: vite: not found',
  ),
  sign(
    'nodeModule',
    'Rollup',
    /Rollup failed to resolve import "(?<module>[^"]+)"/,
    '[vite]: Rollup failed to resolve import "axios" from "/app/src/main.js".',
  ),
  sign('nodeModule', 'esbuild', /Could not resolve "(?<module>[^"]+)"/, '✘ [ERROR] Could not resolve "axios"'),
  sign('command', 'Poetry', /^Command not found: (?<command>\S+)$/, 'Command not found: uvicorn'),
  sign('command', 'zsh', /command not found: (?<command>\S+)$/, 'zsh: command not found: uvicorn'),
  sign('command', 'bash', /(?<!\S)(?<command>\S+): command not found$/, 'bash: line 1: pnpm: command not found'),
  sign(
    'command',
    'cmd',
    /^'(?<command>[^']+)' is not recognized as an internal or external command/,
    "'vite' is not recognized as an internal or external command,",
  ),
  sign(
    'command',
    'PowerShell',
    /The term '(?<command>[^']+)' is not recognized as/,
    "uvicorn : The term 'uvicorn' is not recognized as the name of a cmdlet, function, script file, or operable program.",
  ),
  sign(
    'command',
    'Docker',
    /^docker: (?:unknown command: |')(?<command>(?:docker )?compose)\b/,
    'docker: unknown command: docker compose',
  ),
  sign('script', 'npm', /Missing script: "?(?<command>[^"]+?)"?$/, 'npm error Missing script: "dev"'),
  sign('script', 'pnpm', /ERR_PNPM_NO_SCRIPT\S*\s+Missing script: (?<command>\S+)/, 'ERR_PNPM_NO_SCRIPT  Missing script: dev'),
  sign('script', 'Bun', /^error: Script not found "(?<command>[^"]+)"/, 'error: Script not found "dev"'),
  sign('script', 'yarn', /error Command "(?<command>[^"]+)" not found\./, 'error Command "dev" not found.'),

  sign('syntax', 'Python', /^\s*(?:SyntaxError|IndentationError|TabError): /, "SyntaxError: '(' was never closed"),
  sign('syntax', 'Node', /^(?:Uncaught )?SyntaxError(?: \[\w+\])?: (?!.*JSON)/, "SyntaxError: Unexpected token '}'"),
  sign('syntax', 'esbuild', /Transform failed with \d+ error/, 'Error: Transform failed with 1 error:'),
  sign(
    'syntax',
    'esbuild',
    /(?:^[✘X] \[ERROR\]|:\d+:\d+: ERROR:) (?:Expected|Unexpected|Unterminated|Syntax error) ?/,
    '✘ [ERROR] Unexpected ";"',
  ),
  sign('syntax', 'webpack', /^Module parse failed: /, 'Module parse failed: Unexpected token (2:7)'),
  sign('syntax', 'Vite', /\[PARSE_ERROR\]/, '[PARSE_ERROR] Error: Expected `}` but found `EOF`'),
  sign(
    'syntax',
    'webpack',
    /Module build failed .*|SyntaxError: .*\(\d+:\d+\)$/,
    'SyntaxError: /app/src/App.jsx: Unexpected token (12:4)',
  ),
  sign(
    'syntax',
    'Next',
    /^\s*(?:Error: +)?(?:x|×) (?:Expected|Unexpected) /,
    '  × Unexpected token `div`. Expected jsx identifier',
  ),
  sign('syntax', 'Go', /^(?:\.\/)?\S+\.go:\d+:\d+: syntax error/, './main.go:12:2: syntax error: unexpected }'),
  sign('syntax', '.NET', /\.cs\(\d+,\d+\): error CS\d+/, 'Program.cs(4,12): error CS1002: ; expected'),
  sign(
    'syntax',
    'Rust',
    /^error: (?:expected|unexpected|unclosed|mismatched) /,
    'error: expected one of `!` or `::`, found `foo`',
  ),
];
