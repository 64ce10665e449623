/**
 * Snippets for services, probes and checks with tab stops, in the form of VS Code's `defaultSnippets`: a string that begins
 * with `^` is inserted literally, without quotes and escapes
 * (https://code.visualstudio.com/docs/languages/json#_define-snippets-in-json-schemas).
 */
import { t } from '../wording/l10n';

export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: SnippetBody;
}

export type SnippetBody = string | number | readonly SnippetBody[] | { readonly [key: string]: SnippetBody };

/** Services. `name` is proposed as the key where there is none yet. */
export const serviceSnippets: readonly (Snippet & {
  readonly name: string;
  readonly body: Readonly<Record<string, SnippetBody>>;
})[] = [
  {
    label: t('Service'),
    name: 'service',
    description: t('A command and its port'),
    body: { command: '${1:npm run dev}', port: '^${2:3000}' },
  },
  {
    label: t('Backend (uvicorn)'),
    name: 'backend',
    description: t('A FastAPI or Starlette app with a health check'),
    body: {
      role: 'backend',
      command: '^"python -m uvicorn ${1:main:app} --reload --port \\${port\\}"',
      port: '^${2:8000}',
      health: '${3:/health}',
    },
  },
  {
    label: t('Backend (Node)'),
    name: 'backend',
    description: t('Your own server, started by a script'),
    body: { role: 'backend', command: 'npm run ${1:dev}', port: '^${2:3000}', health: '${3:/health}' },
  },
  {
    label: t('Frontend (Vite)'),
    name: 'frontend',
    description: t('A development server for the browser'),
    body: {
      role: 'frontend',
      command: '^"npm run dev -- --port \\${port\\} --strictPort"',
      port: '^${1:5173}',
      health: '/',
    },
  },
  {
    label: t('Database (Compose)'),
    name: 'postgres',
    description: t('A service from compose.yaml, ready when its port is open'),
    body: { role: 'database', compose: '${1:postgres}', port: '^${2:5432}' },
  },
];

export const healthSnippets: readonly Snippet[] = [
  { label: '"/health"', description: "A path on the service's port", body: '${1:/health}' },
  {
    label: 'HTTP with timing',
    description: 'A path or URL, how often to probe it, and how long startup may take',
    body: { http: '${1:/health}', interval: '${2:5s}', timeout: '${3:2s}', startPeriod: '${4:60s}' },
  },
  {
    label: 'HTTP with expected response',
    description: 'A path or URL, and the expected response',
    body: { http: '${1:/health}', status: '^${2:200}', json: { '${3:status}': '${4:healthy}' } },
  },
  { label: 'TCP', description: 'A port that must accept connections', body: { tcp: '^${1:5432}' } },
  { label: 'Command', description: 'A command that must exit with code 0', body: { exec: '${1:pg_isready}' } },
];

const check = { name: '${1:Orders}', http: '${2:/api/orders}' };

export const checkSnippets: readonly Snippet[] = [
  { label: 'Check', description: 'A request that must succeed', body: { ...check, status: '^${3:200}' } },
  {
    label: 'Check with expected response',
    description: 'A request whose response must contain a string within a time limit',
    body: { ...check, contains: '${3:text}', maxLatency: '${4:500ms}' },
  },
];

export const setupSnippets: readonly Snippet[] = [
  {
    label: 'Step',
    description: 'A command that runs unless a file or folder exists',
    body: { name: '${1:install}', command: '${2:npm install}', unless: '${3:node_modules}' },
  },
];
