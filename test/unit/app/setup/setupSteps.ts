/** Setup steps for tests, and how a test leads them to their end. */
import type { SetupStep } from '../../../../src/core/model/service';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

export const step = (name: string, unless?: string): SetupStep => ({
  name,
  command: `run ${name}`,
  ...(unless === undefined ? {} : { unless }),
});

export const withSteps = (...setup: readonly SetupStep[]): FakeWorld => new FakeWorld(serviceSpec('web', { setup }));

export async function begin(world: FakeWorld, id = 'web'): Promise<void> {
  world.supervisor.start(id);
  await world.clock.turn(0);
}

export async function end(world: FakeWorld, name: string, exitCode = 0, ...output: readonly string[]): Promise<void> {
  world.setup.end(name, exitCode, ...output);
  world.trees.look();
  await world.clock.turn(100);
}
