/**
 * Remembers which ports have just spoken plain HTTP. They get no TLS handshake when a later request fails: a server that restarts closes
 * connections as a TLS server does, and would log the handshake as a malformed request.
 */
interface Place {
  readonly address: string;
  readonly port: number;
}

/** A port whose server was replaced by one with TLS is recognized after this time. */
const memoryMs = 60_000;
const maxPorts = 1000;

/** By address and port, the time of the last answer (ms of the monotonic clock). */
const spoken = new Map<string, number>();

export function noteHttp(place: Place): void {
  if (spoken.size >= maxPorts) spoken.clear();
  spoken.set(keyOf(place), performance.now());
}

export function justSpokeHttp(place: Place): boolean {
  const at = spoken.get(keyOf(place));
  return at !== undefined && performance.now() - at < memoryMs;
}

const keyOf = ({ address, port }: Place): string => `${address} ${port}`;
