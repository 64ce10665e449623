/** Messages of servers for a successful start: earlier errors are over. Each with an example, which the tests match. */

export interface FreshStart {
  readonly tool: string;
  readonly pattern: RegExp;
  readonly example: string;
}

const row = (tool: string, pattern: RegExp, example: string): FreshStart => ({ tool, pattern, example });

export const freshStarts: readonly FreshStart[] = [
  row('uvicorn', /Application startup complete\./, 'INFO:     Application startup complete.'),
  row('Flask', /^\s*\* Running on https?:/, ' * Running on http://127.0.0.1:5000'),
  row('Django', /^Starting development server at http/, 'Starting development server at http://127.0.0.1:8000/'),
  row(
    'Vite',
    /\bVITE v\S+\s+ready in|\[vite\].*(?:hmr update|page reload|server restarted)/,
    '10:11:12 AM [vite] (client) hmr update /src/App.tsx',
  ),
  row('webpack', /compiled (?:successfully|with \d+ warnings?) in/i, 'webpack 5.90.0 compiled successfully in 812 ms'),
  row('react-scripts', /^Compiled successfully!/, 'Compiled successfully!'),
  row('Next', /✓ (?:Ready in|Compiled)/, ' ✓ Compiled /page in 812ms'),
  row(
    'Spring Boot',
    /Started \w+ in [\d.]+ seconds/,
    '2024-01-01 INFO 1 --- Started ShopApplication in 3.2 seconds (process running for 3.6)',
  ),
  row('.NET', /Now listening on: http/, '      Now listening on: http://localhost:5000'),
];

export const isFreshStart = (line: string): boolean => freshStarts.some(({ pattern }) => pattern.test(line));
