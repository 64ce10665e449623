/** Converts the healthcheck of a container to a check from this machine. */
import type { ServiceConfig } from '../../core/config/schema';
import { splitWords } from '../command';
import { dataAt } from '../read/formats';
import type { Data } from '../read/formats';
import { interpolate, testOf } from './composeValues';
import type { PublishedPort } from './composeValues';

interface Around {
  readonly name: string;
  /** The port of the service first. */
  readonly published: readonly PublishedPort[];
  readonly lookUp: (name: string) => string | undefined;
  readonly environment: ReadonlyMap<string, string>;
  readonly docker: readonly string[];
}

/**
 * Converts an HTTP test to a request from this machine, when the port is published. Any other test runs inside the container,
 * because Docker accepts connections on a published port before the program behind it does.
 */
export function healthOf(service: Data, around: Around): ServiceConfig['health'] | undefined {
  const { name, published, lookUp, environment, docker } = around;
  const check = dataAt(service, 'healthcheck');
  const test = check['disable'] === true ? undefined : testOf(check['test']);
  if (test === undefined) return undefined;
  const inside = (key: string) => environment.get(key) ?? lookUp(key);
  // `$$NAME` is for the container's shell, whose variables are those of `environment`.
  const written = 'line' in test ? test.line.replaceAll('$$', '$') : test.words.join(' ');
  const line = interpolate(written, inside)?.replace(/\s*\|\|\s*exit\s+\d+\s*$/, '');
  if (line === undefined) return undefined;
  return requestFrom(line, published) ?? insideOf(line, { test, name, docker });
}

/** Returns the address of a request as seen from this machine. */
function requestFrom(line: string, published: readonly PublishedPort[]): string | undefined {
  const url = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d+)(\/[^\s"'|;)]*)?/.exec(line);
  const host = url === null ? undefined : published.find(({ container }) => container === Number(url[1]));
  if (host === undefined || url === null) return undefined;
  const path = url[2] ?? '/';
  const scheme = url[0].startsWith('https') ? 'https' : 'http';
  return host === published[0] && scheme === 'http' ? path : `${scheme}://localhost:${host.host}${path}`;
}

type Test = NonNullable<ReturnType<typeof testOf>>;

/** Leaves out tests with quotes or operators, whose meaning depends on the shell. The port is checked instead. */
function insideOf(
  line: string,
  { test, name, docker }: { readonly test: Test; readonly name: string; readonly docker: readonly string[] },
): ServiceConfig['health'] | undefined {
  const hasBlanks = 'words' in test && test.words.some((word) => /\s/.test(word));
  if (hasBlanks || /["'`\\|&;<>()$]/.test(line)) return undefined;
  return { exec: [...docker, 'exec', '-T', name, ...splitWords(line)].join(' '), interval: '10s', timeout: '10s' };
}
