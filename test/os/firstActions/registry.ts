/** A registry of npm on this machine, with one package. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cleanup } from '../support/cleanup';
import { httpServer, listen } from '../support/servers';
import { makeFolder } from '../../support/scratch';

/** Takes the files of the package, and returns the address of the registry. */
export async function registryOf(files: Readonly<Record<string, string>>, cleanup: Cleanup): Promise<string> {
  const folder = makeFolder('registry');
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const printed = execFileSync('npm', ['pack', '--json'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [{ name, version, filename, integrity }] = JSON.parse(printed) as readonly [Packed];
  const tarball = readFileSync(join(folder, filename));
  const server = httpServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      response.end(tarball);
      return;
    }
    const dist = { tarball: `http://${request.headers.host ?? ''}/package.tgz`, integrity };
    const versions = { [version]: { name, version, dist } };
    const isKnown = request.url === `/${name}`;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? { name, 'dist-tags': { latest: version }, versions } : {}));
  });
  const { port } = await listen(server, cleanup);
  return `http://127.0.0.1:${port}/`;
}

/** What `npm pack --json` prints. */
interface Packed {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly integrity: string;
}
