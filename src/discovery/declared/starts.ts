/** Tells what a declared command starts, so that it is recognized as a service that was also found in code. */
import { defined } from '../../core/model/defined';
import type { Starts, Words } from '../candidate';
import { optionOf } from '../command';
import { join } from '../read/paths';
import { portOf } from '../read/source';
import { jobs } from './roles';

interface Known {
  readonly line: RegExp;
  /** The kinds of the candidates that detectors find in code. */
  readonly kinds: RegExp;
  /** The default port of the program. */
  readonly port?: number;
}

const known: readonly Known[] = [
  { line: jobs, kinds: /^worker / },
  { line: /\b(?:uvicorn|hypercorn|daphne|fastapi (?:dev|run))\b/, kinds: /^(?:asgi|django)$/, port: 8000 },
  { line: /\bgunicorn\b/, kinds: /^(?:asgi|flask|django)$/, port: 8000 },
  { line: /\bflask\b.*\brun\b/, kinds: /^flask$/, port: 5000 },
  { line: /\bmanage\.py\s+runserver\b/, kinds: /^django$/, port: 8000 },
  { line: /\bstreamlit\s+run\b/, kinds: /^streamlit$/, port: 8501 },
  { line: /\b(?:python3?|py)\S*\s+(?!-m\s+http\.server\b)(?:-m\s+)?[\w./\\-]+/, kinds: /^(?:asgi|flask|python .*)$/ },
  { line: /\brails\s+s(?:erver)?\b|\bpuma\b/, kinds: /^rails$/, port: 3000 },
  { line: /\bphp\s+-S\b/, kinds: /^php$/ },
  { line: /\bartisan\s+serve\b/, kinds: /^laravel$/, port: 8000 },
  { line: /\bgo\s+run\b|^air\b/, kinds: /^go / },
  { line: /\bcargo\s+(?:run|watch)\b/, kinds: /^cargo$/ },
  { line: /\bdotnet\s+(?:run|watch)\b/, kinds: /^dotnet / },
  { line: /\bspring-boot:run\b|\bbootRun\b/, kinds: /^spring$/, port: 8080 },
  { line: /\bdocker(?:-|\s+)compose\b.*\bup\b/, kinds: /^compose$/ },
  { line: /\bnext\s+dev\b/, kinds: /^next$/, port: 3000 },
  { line: /\bng\s+serve\b/, kinds: /^angular$/, port: 4200 },
  { line: /\bvite\b(?!\s+(?:build|preview))/, kinds: /^(?:vite|sveltekit)$/, port: 5173 },
  { line: /\b(?:node|nodemon|tsx|ts-node)\b/, kinds: /^node / },
];

export interface Read {
  readonly starts?: Starts;
  readonly port?: { readonly number: number; readonly from: 'written' | 'default' };
}

/** `cwd` is the folder in which the line runs. */
export function readLine(words: Words, env: Readonly<Record<string, string>>, cwd: string): Read {
  const line = words.join(' ');
  const script = scriptOf(words, cwd);
  const same = known.find(({ line: pattern }) => pattern.test(line));
  const written = writtenPort(words) ?? portOf(env['PORT']);
  const port =
    written !== undefined
      ? { number: written, from: 'written' as const }
      : same?.port !== undefined && script === undefined
        ? { number: same.port, from: 'default' as const }
        : undefined;
  const starts = script ?? (same === undefined ? undefined : { kinds: same.kinds, cwd });
  return defined({ starts, port });
}

/** `npm run dev`, `yarn dev`, `npm --prefix client start`, `pnpm -C web dev` */
function scriptOf(words: Words, cwd: string): Starts | undefined {
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(words[0] ?? '')) return undefined;
  const folder = optionOf(words, '--prefix', '--cwd', '-C', '--dir') ?? '';
  const rest = words
    .slice(1)
    .filter((word, index) => !word.startsWith('-') && !/^(?:--prefix|--cwd|-C|--dir|-F|--filter)$/.test(words[index] ?? ''));
  const script = /^run(?:-script)?$/.test(rest[0] ?? '') ? rest[1] : rest[0];
  return script === undefined || /^(?:exec|dlx|x|install|ci|i)$/.test(script) ? undefined : { script, cwd: join(cwd, folder) };
}

function writtenPort(words: Words): number | undefined {
  const option = optionOf(words, '--port', '-p', '--server.port', '-Dserver.port');
  const bound = optionOf(words, '--bind', '-b', '--listen', '--addrport', 'runserver', '--host', '-S');
  return portOf(option) ?? portOf(/(?:^|:)(\d{2,5})$/.exec(bound ?? '')?.[1]);
}
