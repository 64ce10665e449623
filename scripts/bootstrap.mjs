// Runs a script on a fresh clone: `node scripts/bootstrap.mjs <script> [arguments]`. It is looked up in `folders`, by its name without ".ts".
// Plain Node without packages, because it is what installs them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = ['scripts', 'test/support', 'test'];
const [script, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  process.exit(1);
}
// npm writes this file last: without it an install was never finished.
if (!existsSync(join(repository, 'node_modules', '.package-lock.json'))) {
  console.log('Installing the packages of this project, once.');
  const { status } = spawnSync('npm', ['ci'], { cwd: repository, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error('The packages could not be installed: see what npm says above, then try again.');
    process.exit(1);
  }
}

process.chdir(repository);
await import(pathToFileURL(join(repository, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href);
const file = folders.map((folder) => join(repository, folder, `${script}.ts`)).find(existsSync);
if (file === undefined) {
  console.error(`There is no script "${script}" in ${folders.join(', ')}.`);
  process.exit(1);
}
// The scripts are CommonJS to Node, so that what they export is this one value.
const { default: loaded } = await import(pathToFileURL(file).href);
try {
  process.exitCode = await loaded.main(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
