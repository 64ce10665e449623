/** What is installed into the scratch profile: the product as everybody gets it, and the tour that starts the sample in it. */
import { join } from 'node:path';
import { repositoryRoot, vsixPath } from '../../test/support/repository';
import { npm, run } from '../../test/support/run';

/** Gives back the paths of both; that of the tour is in the folder. */
export async function packageBoth(folder: string): Promise<readonly string[]> {
  const tour = join(folder, 'tour.vsix');
  const [product, made] = await Promise.all([
    npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' }),
    packageTour(tour),
  ]);
  for (const { code, output } of [product, made])
    if (code !== 0) throw new Error(`An extension could not be packaged: ${output}`);
  return [vsixPath, tour];
}

function packageTour(to: string) {
  const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', to];
  return run(process.execPath, [vsce, ...args], { cwd: join(repositoryRoot, 'scripts', 'firstRun', 'tour'), output: 'keep' });
}
