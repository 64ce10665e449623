/** Which of the paths that a server answers says how it is. */

/** The best first: what is made for the purpose, and short. */
const names = ['health', 'healthz', 'livez', 'readyz', 'health-check', 'health_check', 'healthcheck', 'ready', 'ping', 'status'];

/** What a pattern for routes may hold between its quotes. */
export const healthPattern = String.raw`\/?(?:[\w.-]+\/){0,3}(?:${names.join('|')})\/?`;

const isHealth = new RegExp(`^(?:/[\\w.-]+){0,4}/(?:${names.join('|')})/?$`);

export interface Route {
  readonly path: string;
  readonly where: string;
}

/** The best of these, or undefined when none is about health. */
export function bestHealth(routes: readonly Route[]): Route | undefined {
  const order = ({ path }: Route): number => {
    const segments = path.split('/').filter((segment) => segment !== '');
    const word = names.indexOf(segments.at(-1) ?? '');
    return word * 10 + segments.length;
  };
  return routes.filter(({ path }) => isHealth.test(path)).sort((a, b) => order(a) - order(b))[0];
}
