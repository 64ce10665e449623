/** Whether a port is in use or reserved: by a service, by a file of the workspace, or by a process that is listening. */
import { nameOf } from '../workspaceFiles/paths';
import { isComposeFile } from '../workspaceFiles/compose';
import { configuredText } from './context';
import type { WiringContext } from './context';

/** Whether no service, no file and no listening process uses the port. False when that is not known. */
export const isUnclaimed = (port: number, context: WiringContext): boolean =>
  !belongsToService(port, context) && !isAssignedIn(context.texts, port) && isClosed(port, context);

/** Whether nothing is listening on the port. False when that is not known. This query is expensive: use it last. */
export function isClosed(port: number, { listens }: WiringContext): boolean {
  const reading = listens(port);
  return reading.kind === 'known' && !reading.value;
}

/** Whether the port is that of a service, or occurs anywhere in its configuration. */
export const belongsToService = (port: number, { services, elsewhere }: WiringContext): boolean =>
  [...services, ...elsewhere].some(
    ({ spec, printedPort }) => spec.port === port || printedPort === port || number(port).test(configuredText(spec)),
  );

/** Whether a file makes a server listen on the port, such as a mock in a script of package.json, which may start at any time. */
export const isAssignedIn = (texts: ReadonlyMap<string, string>, port: number): boolean =>
  [...texts].some(([file, text]) => (isComposeFile(nameOf(file)) ? number(port) : assigned(port)).test(withoutUrls(text)));

const number = (port: number): RegExp => new RegExp(`(?<![\\w.])${port}(?![\\w.])`);

/** `--port 8001`, `PORT=8001`, `listen(8001`, `-p 8001`, `0.0.0.0:8001`, `":8001"`. Any word before it is enough: a missed problem is better than a wrong one. */
const assigned = (port: number): RegExp =>
  new RegExp(
    `(?:port|listen|bind|addr|serve|\\s-[pl]\\b)[^\\n]{0,40}?(?<![\\w.])${port}\\b|(?:0\\.0\\.0\\.0|["'\`\\s=]):${port}\\b`,
    'i',
  );

/** The port in a URL is used by a client; it does not make a server listen there. */
const withoutUrls = (text: string): string => text.replace(/\b[a-z][\w+.-]{0,20}:\/\/[^\s"'`]*/gi, ' ');
