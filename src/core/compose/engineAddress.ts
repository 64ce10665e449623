/** Where an engine is: the address as DOCKER_HOST, a context of Docker's command line and its error messages write it. */

/**
 * The host in an address of TCP, TLS or ssh, an IPv6 address within brackets; undefined for a socket, a pipe, and what is no address.
 * Without a scheme an address is one of TCP.
 */
export function hostIn(address: string): string | undefined {
  const rest = /^(?:(?:tcp|ssh|https?):\/\/)?([^/]*)/.exec(address.slice(0, maxLength))?.[1] ?? '';
  const host = /^(\[[\da-f:.%]+\]|[\w.-]+)(?::\d+)?$/i.exec(rest.slice(rest.lastIndexOf('@') + 1))?.[1];
  return host?.toLowerCase();
}

/** The same, but undefined for an engine that publishes its ports on this machine. */
export function remoteHost(address: string): string | undefined {
  const host = hostIn(address);
  return host === undefined || isThisMachine(host) ? undefined : host;
}

const isThisMachine = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(host);

const maxLength = 1000;
