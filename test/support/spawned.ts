/** Which programs this process starts, whoever does it. */
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

const names = ['spawn', 'execFile', 'exec', 'fork', 'spawnSync', 'execFileSync', 'execSync'] as const;

/** Programs that were started meanwhile, none of which runs. */
export async function spawnedBy(work: () => Promise<void>): Promise<readonly string[]> {
  const spawned: string[] = [];
  const before = { ...childProcess };
  const refuse = (program: unknown): never => {
    spawned.push(String(program));
    throw new Error('No process is started in this test.');
  };
  Object.assign(childProcess, Object.fromEntries(names.map((name) => [name, refuse])));
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(childProcess, before);
    syncBuiltinESMExports();
  }
  return spawned;
}
