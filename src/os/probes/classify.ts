/** From an error of the network stack to what it means for a service. Codes measured with Node 20 and axios 1.21. */
import type { ProbeFailure } from '../../core/model/failure';
import { t } from '../../core/wording/l10n';
import { isLoopback } from './target';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly secure: boolean;
  /** In ms. */
  readonly timeout: number;
}

const unresolved: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']);
const late: ReadonlySet<string> = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ERR_CANCELED']);
/** ERR_BAD_RESPONSE is the code of axios for a body that ended too early. */
const closed: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'ERR_STREAM_PREMATURE_CLOSE']);

export function failureOf(error: unknown, endpoint: Endpoint): ProbeFailure {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message');
  const detail = message === '' ? code : message;
  if (code === 'ECONNREFUSED') return { kind: 'refused', port: endpoint.port };
  if (unresolved.has(code)) return { kind: 'unknownHost', host: endpoint.address };
  if (late.has(code)) return unanswered(endpoint, code);
  if (closed.has(code)) return { kind: 'reset' };
  if (code.startsWith('HPE_')) return { kind: 'notHttp' };
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return endpoint.secure && isPlainText(`${code} ${message}`) ? { kind: 'httpExpected' } : { kind: 'unreachable', detail };
  }
  return { kind: 'unreachable', detail };
}

/** On this machine a connection that is not even accepted means a full backlog: a hung server. Elsewhere it is the network. */
function unanswered(endpoint: Endpoint, code: string): ProbeFailure {
  if (code !== 'ETIMEDOUT' || isLoopback(endpoint.address)) return { kind: 'noAnswer', timeout: endpoint.timeout };
  const place = `${endpoint.address}:${endpoint.port}`;
  return { kind: 'unreachable', detail: t('No connection to {0} within {1} ms.', place, endpoint.timeout) };
}

/** What OpenSSL says when the other side answers in plain text. */
const isPlainText = (text: string): boolean =>
  /wrong[_ ]version[_ ]number|packet[_ ]length[_ ]too[_ ]long|http[_ ]request|unknown[_ ]protocol|record[_ ]layer/i.test(text);

function textOf(error: unknown, key: 'code' | 'message'): string {
  if (typeof error !== 'object' || error === null || !(key in error)) return '';
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}
