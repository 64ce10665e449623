/** The body of a reply: read when JSON is asked for, thrown away otherwise. */
import type { Readable } from 'node:stream';
import type { ProbeFailure } from '../../core/failure';
import { missingFrom } from './jsonContains';

/** A health report is small; what is larger is not one. In bytes. */
const largest = 1024 * 1024;

/** Undefined when the body is JSON that contains `expected`. Rejects when the stream breaks. */
export async function bodyFailure(body: Readable, expected: unknown): Promise<ProbeFailure | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > largest) return { kind: 'badBody', detail: 'it is larger than 1 MB' };
    chunks.push(bytes);
  }
  const parsed = parse(Buffer.concat(chunks).toString('utf8'));
  if (!parsed.ok) return { kind: 'badBody', detail: 'it is not JSON' };
  const missing = missingFrom(parsed.value, expected);
  return missing === undefined ? undefined : { kind: 'badBody', detail: missing };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** How long a body may go on after the answer was seen. In ms. */
const patience = 100;

/**
 * Takes the rest of a short body before the connection is closed: a server that is cut off while it writes logs
 * a broken pipe, once per probe.
 */
export function drain(body: Readable): Promise<void> {
  return new Promise((resolve) => {
    let size = 0;
    const settle = (): void => {
      clearTimeout(timer);
      body.destroy();
      resolve();
    };
    const timer = setTimeout(settle, patience);
    // Stays: a connection that breaks later must not become an uncaught exception.
    body.on('error', settle);
    body.once('close', settle);
    body.once('end', settle);
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largest) settle();
    });
    if (body.closed || body.destroyed) settle();
  });
}
