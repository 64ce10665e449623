/** Finds the path, among those that a server serves, that reports its health. */

/** The best first. */
const names = ['health', 'healthz', 'livez', 'readyz', 'health-check', 'health_check', 'healthcheck', 'ready', 'ping', 'status'];

/** Matches a health path in a pattern for routes, between the quotes. */
export const healthPattern = String.raw`\/?(?:[\w.-]+\/){0,3}(?:${names.join('|')})\/?`;

const isHealth = new RegExp(`^(?:/[\\w.-]+){0,4}/(?:${names.join('|')})/?$`);

export interface Route {
  readonly path: string;
  readonly where: string;
}

/** Returns the best of these routes; undefined when none reports health. */
export function bestHealth(routes: readonly Route[]): Route | undefined {
  const order = ({ path }: Route): number => {
    const segments = path.split('/').filter((segment) => segment !== '');
    const word = names.indexOf(segments.at(-1) ?? '');
    return word * 10 + segments.length;
  };
  return routes.filter(({ path }) => isHealth.test(path)).sort((a, b) => order(a) - order(b))[0];
}
