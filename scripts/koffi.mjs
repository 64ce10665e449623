// koffi's builds for Windows, which the package holds whatever system it is made on. `npm ci` leaves out packages of other systems, so these
// are fetched by `npm pack`, once, into .cache/koffi: after `npm ci`, or by the first build. Their content is pinned here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const version = '3.3.4';
/** As package-lock.json would have them. */
const integrity = {
  x64: 'sha512-/SpehfYrO9DtkoB0ZOgGyco4GH4zwhEyFqgCm0x8lbzXnrKiwnHXWmPpfuXhFYohFvoSO5jlLQz/hc1fJ5G0AQ==',
  arm64: 'sha512-TQLDhDMfq7x8fhIzD4FdqJ7QxEgkHLrcN8Bj6wPHbf85OyXtOLHCw7VRj9PZ6+uyPfaqnb25gmHQuEK8WxR3vg==',
};

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(repository, '.cache', 'koffi', version);
const license = join(repository, 'src', 'os', 'windows', 'helper', 'koffi-LICENSE.txt');

/** Copies both builds and koffi's license into a folder. Throws when they cannot be fetched, or are not what they were. */
export function placeKoffi(folder) {
  fetchKoffi();
  mkdirSync(folder, { recursive: true });
  for (const arch of Object.keys(integrity)) copyFileSync(join(cache, fileOf(arch)), join(folder, fileOf(arch)));
  copyFileSync(license, join(folder, 'koffi-LICENSE.txt'));
}

const fileOf = (arch) => `koffi-win32-${arch}.node`;

function fetchKoffi() {
  for (const [arch, expected] of Object.entries(integrity)) {
    const file = join(cache, fileOf(arch));
    if (existsSync(file)) continue;
    const tarball = pack(`@koromix/koffi-win32-${arch}@${version}`);
    const found = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    if (found !== expected) throw new Error(`koffi for ${arch} is not what it was: ${found} instead of ${expected}.`);
    // Renamed at the end, so that an interrupted write is never taken for a whole one.
    writeFileSync(`${file}.part`, entryOf(gunzipSync(tarball), `package/win32_${arch}/koffi.node`));
    renameSync(`${file}.part`, file);
  }
}

function pack(name) {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'pack-'));
  try {
    const args = ['pack', name, '--ignore-scripts', '--silent', '--pack-destination', folder];
    const script = process.env.npm_execpath;
    const [program, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
    const { status, stdout } = spawnSync(program, [...first, ...args], {
      cwd: folder,
      encoding: 'utf8',
      shell: program === 'npm' && process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`${name} could not be fetched: check that npm can reach its registry.`);
    return readFileSync(join(folder, stdout.trim().split(/\r?\n/).at(-1)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tar file is blocks of 512 bytes: a header with the name first and the size in octal digits at 124, then the content. */
function entryOf(tar, name) {
  for (let at = 0; at + 512 <= tar.length;) {
    const header = tar.subarray(at, at + 512);
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8) || 0;
    if (header.toString('latin1', 0, 100).replace(/\0.*$/s, '') === name) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`${name} is missing.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) fetchKoffi();
