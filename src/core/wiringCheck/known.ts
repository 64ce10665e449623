/** Whether a port is somebody's: a service's, or one that a file of the workspace gives to somebody. */
import { nameOf } from '../workspaceFiles/paths';
import { isComposeFile } from '../workspaceFiles/compose';
import { wordsOf } from './scene';
import type { Scene } from './scene';

/** No service, no file and nobody who listens has it: an address that names it leads nowhere. What is not known is not claimed. */
export const isNobodys = (port: number, scene: Scene): boolean =>
  !isServices(port, scene) && !isGivenIn(scene.texts, port) && isSilent(port, scene);

/** Nobody listens there, as far as it could be seen. The one question that costs something: to be asked last. */
export function isSilent(port: number, { listens }: Scene): boolean {
  const reading = listens(port);
  return reading.kind === 'known' && !reading.value;
}

/** It is the port of a service, or stands somewhere in its description. */
export const isServices = (port: number, { services, elsewhere }: Scene): boolean =>
  [...services, ...elsewhere].some(
    ({ spec, printedPort }) => spec.port === port || printedPort === port || number(port).test(wordsOf(spec)),
  );

/** A file tells a server to listen there, such as a mock in a script of package.json: it may be started at any time. */
export const isGivenIn = (texts: ReadonlyMap<string, string>, port: number): boolean =>
  [...texts].some(([file, text]) => (isComposeFile(nameOf(file)) ? number(port) : given(port)).test(withoutUrls(text)));

const number = (port: number): RegExp => new RegExp(`(?<![\\w.])${port}(?![\\w.])`);

/** `--port 8001`, `PORT=8001`, `listen(8001`, `-p 8001`, `0.0.0.0:8001`, `":8001"`. A word before it is enough: better silent than wrong. */
const given = (port: number): RegExp =>
  new RegExp(
    `(?:port|listen|bind|addr|serve|\\s-[pl]\\b)[^\\n]{0,40}?(?<![\\w.])${port}\\b|(?:0\\.0\\.0\\.0|["'\`\\s=]):${port}\\b`,
    'i',
  );

/** A URL says where somebody is looked for, not where anybody is. */
const withoutUrls = (text: string): string => text.replace(/\b[a-z][\w+.-]{0,20}:\/\/[^\s"'`]*/gi, ' ');
