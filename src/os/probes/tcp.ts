/** Success is an accepted connection; it is closed at once. */
import { type Attempt, failed, firstSuccess } from './attempt';
import { connect } from './connect';
import { loopback } from './target';

export function tcpAttempt(port: number, timeout: number, signal: AbortSignal): Promise<Attempt> {
  return firstSuccess(loopback, signal, async (address, inner) => {
    const connected = await connect({ address, port, secure: false, timeout }, inner);
    if (!connected.ok) return failed(connected.failure);
    connected.socket.destroy();
    return { ok: true };
  });
}
