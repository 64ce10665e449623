// Writes so many MB to its terminal, then how long that took (ms) into a file: `node flood.cjs <MB> <file>`. Then it waits.
const { renameSync, writeFileSync } = require('node:fs');
const { setInterval } = require('node:timers');

const [megabytes, file] = process.argv.slice(2);
const block = `${'0123456789'.repeat(9)} line\r\n`.repeat(100);
const started = process.hrtime.bigint();
let left = Number(megabytes) * 1e6;

function write() {
  while (left > 0) {
    left -= block.length;
    if (!process.stdout.write(block)) return void process.stdout.once('drain', write);
  }
  process.stdout.write('done\r\n', () => {
    writeFileSync(`${file}.part`, String(Number(process.hrtime.bigint() - started) / 1e6));
    renameSync(`${file}.part`, file);
  });
}
write();
setInterval(() => {}, 60_000);
