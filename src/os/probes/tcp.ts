/** Success is an accepted connection; it is closed at once. */
import { type Attempt, failed } from './attempt';
import { connect } from './connect';
import { race } from './race';
import { loopback } from './target';

export function tcpAttempt(port: number, timeout: number, signal: AbortSignal): Promise<Attempt> {
  const targets = loopback.map((address) => ({ address, port, secure: false, timeout }));
  return race(targets, signal, async (target, inner) => {
    const connected = await connect(target, inner);
    if (!connected.ok) return failed(connected.failure);
    connected.socket.destroy();
    return { ok: true };
  });
}
