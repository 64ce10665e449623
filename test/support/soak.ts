/** `npm run soak`: random disturbances for 20 minutes, or SOAK_MINUTES. `npm test` has 2 minutes of them. */
import { main as e2e } from './e2e';

export async function main(args: readonly string[]): Promise<number> {
  process.env['SOAK_MINUTES'] ??= '20';
  return e2e(['--grep', 'random disturbances', ...args]);
}
