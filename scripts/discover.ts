/** Prints what discovery proposes for a folder, with its evidence and the time: `npm run discover -- <folder>`. */
import { resolve } from 'node:path';
import { startOf } from '../src/core/config/start';
import { commandLine } from '../src/core/model/service';
import { search } from '../src/discovery/discover';
import { folderOnDisk } from '../src/os/folders/folderOnDisk';

export async function main([folder, ...more]: readonly string[]): Promise<number> {
  if (folder === undefined || more.length > 0) {
    console.error('Usage: npm run discover -- <folder>');
    return 2;
  }
  const started = performance.now();
  const { proposals, ended } = await search(folderOnDisk(resolve(folder)));
  const elapsedMs = Math.round(performance.now() - started);
  for (const { id, config, evidence } of proposals) {
    const { cwd = '.', port, role = 'other', health, dependsOn } = config;
    console.log(`${id} (${role})`);
    console.log(`  ${commandLine(startOf(config))}  in ${cwd}${port === undefined ? '' : `, port ${String(port)}`}`);
    if (health !== undefined) console.log(`  health ${JSON.stringify(health)}`);
    if (dependsOn !== undefined) console.log(`  needs ${JSON.stringify(dependsOn)}`);
    for (const sentence of evidence) console.log(`    ${sentence}`);
  }
  console.log(`${proposals.length} services in ${elapsedMs} ms${ended === 'complete' ? '' : ` (${ended})`}`);
  return 0;
}
