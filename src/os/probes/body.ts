/** The body of a response: read when it is needed, discarded otherwise. */
import type { Readable } from 'node:stream';
import { type Body, bodyLimit } from '../../core/checks/reply';

/** Returns the whole body, or its beginning. Rejects when the stream breaks. */
export async function readBody(body: Readable): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    chunks.push(bytes);
    if (size > bodyLimit) break;
  }
  return { text: Buffer.concat(chunks).subarray(0, bodyLimit).toString('utf8'), isWhole: size <= bodyLimit };
}

/** How long a body may continue after the response was judged. */
const drainTimeoutMs = 100;
/** An error page names its cause within this many bytes. */
const maxStartBytes = 8192;

/**
 * Takes the rest of a short body before the connection is closed: a server that is cut off while it writes logs a broken pipe, once per
 * probe. Returns the beginning of what it took.
 */
export function drain(body: Readable): Promise<string> {
  return new Promise((resolve) => {
    let size = 0;
    const start: Buffer[] = [];
    const settle = (): void => {
      clearTimeout(timer);
      body.destroy();
      resolve(Buffer.concat(start).subarray(0, maxStartBytes).toString('utf8'));
    };
    const timer = setTimeout(settle, drainTimeoutMs);
    // Stays: a connection that breaks later must not become an uncaught exception.
    body.on('error', settle);
    body.once('close', settle);
    body.once('end', settle);
    body.on('data', (chunk: Buffer) => {
      if (size < maxStartBytes) start.push(chunk);
      size += chunk.length;
      if (size > bodyLimit) settle();
    });
    if (body.closed || body.destroyed) settle();
  });
}
