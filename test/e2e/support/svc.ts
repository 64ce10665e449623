/** The command svc, as another program of the same user runs it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../support/poll';
import type { Session } from '../../support/workbench/session';

/** Path of its script. Waits until it is installed, which takes a few seconds the first time. */
export async function svcOf({ dataFolder }: Session): Promise<string> {
  const script = join(dataFolder, 'data', 'User', 'globalStorage', 'service-lifecycle.service-lifecycle', 'bin', 'svc');
  await until('svc to be installed', () => existsSync(script), 30_000);
  return script;
}
