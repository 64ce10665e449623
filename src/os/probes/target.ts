/** Turns the address of an HTTP probe into the sockets to try. */
import { t } from '../../core/wording/l10n';

export interface HttpTarget {
  readonly secure: boolean;
  /** An IP literal, or a name that only DNS knows. */
  readonly address: string;
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** The Host header, so that a server's check of it passes. */
  readonly host: string;
  /** For TLS; undefined when the host is an IP literal. */
  readonly serverName: string | undefined;
}

export type HttpTargets =
  { readonly ok: true; readonly targets: readonly HttpTarget[] } | { readonly ok: false; readonly detail: string };

/** The loopback addresses that `localhost` stands for. Where hosts has one only, the resolver would hide the other. */
export const loopback: readonly string[] = ['127.0.0.1', '::1'];

/** Where a path is asked for. */
export interface HttpPlace {
  readonly port?: number | undefined;
  /** Of the port; this machine without one. */
  readonly host?: string | undefined;
}

/** `address`: an http(s) URL, or a path at the place. */
export function httpTargets(address: string, place: HttpPlace): HttpTargets {
  const key = `${place.host ?? ''} ${place.port ?? ''} ${address}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const targets = targetsOf(address, place);
  if (read.size >= maxCachedTargets) read.clear();
  read.set(key, targets);
  return targets;
}

/** The same few addresses are probed again and again, and parsing a URL takes longer than a lookup. */
const read = new Map<string, HttpTargets>();
const maxCachedTargets = 1000;

function targetsOf(address: string, { port, host = 'localhost' }: HttpPlace): HttpTargets {
  const isUrl = /^https?:\/\//i.test(address);
  if (!isUrl && port === undefined) {
    return { ok: false, detail: t('The probe names only the path {0}, and the service has no port.', address) };
  }
  const text = isUrl ? address : `http://${host}:${String(port)}${address.startsWith('/') ? '' : '/'}${address}`;
  if (!URL.canParse(text)) return { ok: false, detail: t('{0} is not a URL.', address) };
  const url = new URL(text);
  const secure = url.protocol === 'https:';
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const common = {
    secure,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname + url.search,
    host: url.host,
    serverName: isLiteral(name) ? undefined : name,
  };
  return { ok: true, targets: addressesOf(name).map((each) => ({ ...common, address: each })) };
}

/** The addresses to try for the host of a port, which may be an IPv6 address within brackets. */
export const addressesOfHost = (host = 'localhost'): readonly string[] => addressesOf(host.replace(/^\[|\]$/g, ''));

function addressesOf(name: string): readonly string[] {
  // RFC 6761: names below .localhost are loopback too, and browsers treat them so.
  if (name === 'localhost' || name.endsWith('.localhost')) return loopback;
  // "Any address" is something to listen on, not to call: proxies and VS Code's own patch do not spare it.
  if (name === '0.0.0.0') return ['127.0.0.1'];
  if (name === '::') return ['::1'];
  return [name];
}

const isLiteral = (name: string): boolean => name.includes(':') || /^\d+(\.\d+){3}$/.test(name);

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');
