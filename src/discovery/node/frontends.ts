/** The development servers of frontend tools: how to recognize them, and their defaults. */
import type { Role, Words } from '../candidate';
import type { Package } from './packages';

export interface Tool {
  readonly kind: string;
  readonly title: string;
  readonly role: Role;
  /** The default port. */
  readonly port: number;
  /** The option for another port; undefined when the tool takes it from the environment. */
  readonly portOption?: string;
  readonly portVariable?: string;
  /** Its configuration file, without the extension. */
  readonly config?: string;
  /** The key of the configuration that contains the port. */
  readonly configKey?: string;
  /** A path that is cheap and is not logged. Without one, an open port is enough. */
  readonly health?: string;
  readonly env?: Readonly<Record<string, string>>;
}

type Way = Omit<Tool, 'role'> & {
  readonly role?: Role;
  readonly programs: readonly string[];
  /** Words that may follow the program; undefined when the tool has no such words. */
  readonly verbs?: readonly string[];
  /** Whether the program without such a word starts the server. */
  readonly bare?: boolean;
  readonly needs?: string;
};

const vite = {
  port: 5173,
  portOption: '--port',
  config: 'vite.config',
  configKey: 'server',
  programs: ['vite'],
  verbs: ['dev', 'serve'],
  bare: true,
};
const noBrowser = { BROWSER: 'none' };

const nuxt = {
  kind: 'nuxt',
  title: 'Nuxt',
  port: 3000,
  portOption: '--port',
  config: 'nuxt.config',
  configKey: 'devServer',
  verbs: ['dev'],
};

const webpack = {
  kind: 'webpack',
  title: 'webpack-dev-server',
  port: 8080,
  portOption: '--port',
  config: 'webpack.config',
  configKey: 'devServer',
};

/** The first match counts. */
const ways: readonly Way[] = [
  { ...vite, kind: 'sveltekit', title: 'SvelteKit', needs: '@sveltejs/kit' },
  // Laravel's plugin answers "/" with 404, so an open port has to be enough.
  { ...vite, kind: 'vite', title: 'Vite', needs: 'laravel-vite-plugin' },
  { ...vite, kind: 'vite', title: 'Vite', health: '/' },
  { kind: 'next', title: 'Next.js', port: 3000, portOption: '--port', programs: ['next'], verbs: ['dev'], bare: true },
  { ...nuxt, programs: ['nuxt'], bare: true },
  { ...nuxt, programs: ['nuxi'] },
  {
    kind: 'angular',
    title: 'Angular',
    port: 4200,
    portOption: '--port',
    programs: ['ng'],
    verbs: ['serve', 'start', 'dev', 's'],
    health: '/',
  },
  {
    kind: 'astro',
    title: 'Astro',
    port: 4321,
    portOption: '--port',
    config: 'astro.config',
    configKey: 'server',
    programs: ['astro'],
    verbs: ['dev'],
    bare: true,
  },
  {
    kind: 'react-scripts',
    title: 'Create React App',
    port: 3000,
    portVariable: 'PORT',
    programs: ['react-scripts', 'react-app-rewired', 'craco'],
    verbs: ['start'],
    health: '/',
    env: noBrowser,
  },
  {
    kind: 'vue-cli',
    title: 'Vue CLI',
    port: 8080,
    portOption: '--port',
    config: 'vue.config',
    configKey: 'devServer',
    programs: ['vue-cli-service'],
    verbs: ['serve'],
  },
  { ...webpack, programs: ['webpack'], verbs: ['serve'] },
  { ...webpack, programs: ['webpack-dev-server'], bare: true },
  {
    kind: 'react-router',
    title: 'React Router',
    port: 5173,
    portOption: '--port',
    config: 'vite.config',
    configKey: 'server',
    programs: ['react-router'],
    verbs: ['dev'],
  },
  {
    kind: 'remix',
    title: 'Remix',
    port: 5173,
    portOption: '--port',
    config: 'vite.config',
    configKey: 'server',
    programs: ['remix'],
    verbs: ['vite:dev'],
  },
  { kind: 'gatsby', title: 'Gatsby', port: 8000, portOption: '--port', programs: ['gatsby'], verbs: ['develop'] },
  { kind: 'parcel', title: 'Parcel', port: 1234, portOption: '--port', programs: ['parcel'], verbs: ['serve'], bare: true },
  {
    kind: 'json-server',
    title: 'json-server',
    port: 3000,
    portOption: '--port',
    programs: ['json-server'],
    role: 'backend',
    bare: true,
  },
  {
    kind: 'fastify',
    title: 'fastify-cli',
    port: 3000,
    portOption: '--port',
    programs: ['fastify'],
    verbs: ['start'],
    role: 'backend',
  },
  {
    kind: 'strapi',
    title: 'Strapi',
    port: 1337,
    portVariable: 'PORT',
    programs: ['strapi'],
    verbs: ['develop', 'dev'],
    role: 'backend',
  },
  {
    kind: 'functions',
    title: 'Azure Functions',
    port: 7071,
    portOption: '--port',
    programs: ['func'],
    verbs: ['start', 'host'],
    role: 'backend',
  },
  {
    kind: 'wrangler',
    title: 'Wrangler',
    port: 8787,
    portOption: '--port',
    programs: ['wrangler'],
    verbs: ['dev'],
    role: 'backend',
  },
  {
    kind: 'static',
    title: 'http-server',
    port: 8080,
    portOption: '--port',
    programs: ['http-server', 'live-server'],
    bare: true,
  },
  { kind: 'static', title: 'serve', port: 3000, portOption: '--listen', programs: ['serve'], bare: true },
];

/** Returns the tool that these words start as a development server. */
export function toolOf(words: Words, one: Package): Tool | undefined {
  const [program = '', ...args] = words;
  const verb = verbOf(args);
  // A server of built files.
  if (
    /^(?:serve|http-server|live-server)$/.test(program) &&
    args.some((arg) => /(?:^|\/)(?:dist|build|out|_site)(?:\/|$)/.test(arg))
  )
    return undefined;
  const way = ways.find(({ programs, verbs, bare, needs }) => {
    if (!programs.includes(program) || (needs !== undefined && !one.has(needs))) return false;
    if (verb === undefined) return bare === true;
    if (verbs?.includes(verb) === true) return true;
    // A word that is not a verb of the tool may be a folder or a file: `vite client`, `parcel index.html`.
    return bare === true && !otherVerbs.has(verb);
  });
  return way === undefined ? undefined : { role: 'frontend', ...way };
}

/** Returns the first word that is neither an option nor the value of one: `react-scripts --openssl-legacy-provider start`. */
function verbOf(args: Words): string | undefined {
  return args.find(
    (word, index) =>
      !word.startsWith('-') && !/^--?(?:p|port|H|host|hostname|c|config|mode|m|root|base|env-file)$/.test(args[index - 1] ?? ''),
  );
}

/** Finds a tool behind a program that is not known. The tool's verb must be there: `portless shop next dev`. */
export function toolBehind(words: Words, one: Package): { readonly tool: Tool; readonly words: Words } | undefined {
  for (let at = 1; at < Math.min(words.length, maxWordsBefore); at++) {
    const rest = words.slice(at);
    const way = ways.find(({ programs }) => programs.includes(rest[0] ?? ''));
    const tool = way?.verbs?.includes(verbOf(rest.slice(1)) ?? '') === true ? toolOf(rest, one) : undefined;
    if (tool !== undefined) return { tool, words: rest };
  }
  return undefined;
}

const maxWordsBefore = 12;

const otherVerbs = new Set(
  'build preview optimize start export lint info telemetry generate prepare check sync add analyze watch init test upgrade typecheck cleanup'.split(
    ' ',
  ),
);
