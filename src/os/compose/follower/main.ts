/** The program in the terminal of a service with `compose`. It starts the service, follows its log, and ends as its container does. */
import { readPlan } from '../../../core/compose/followPlan';
import { Engine } from './engine';
import { Follower } from './follower';

/** As shells report an end by Ctrl+C. */
const interruptedCode = 130;
/** As shells report an end by SIGHUP. */
const hungUpCode = 129;

function main(): void {
  const plan = readPlan(process.argv[2]);
  if (plan === undefined) {
    process.stderr.write('This program is started by the VS Code extension Service Lifecycle.\n');
    process.exitCode = 2;
    return;
  }
  const engine = new Engine((line) => process.stdout.write(`${line}\n`));
  const follower = new Follower(plan, engine);
  const stop = (): void => follower.stop();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // The terminal is gone, or the window: the container goes on.
  process.on('SIGHUP', () => {
    engine.interrupt('SIGHUP');
    process.exit(hungUpCode);
  });
  void follower.run().then((code) => process.exit(code ?? interruptedCode));
}

main();
