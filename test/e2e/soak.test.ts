/**
 * Two windows of one folder, and at random: services are killed, hung, renamed, flooded, started and stopped, their file is broken, windows
 * are reloaded, extension hosts killed, the machine sleeps, the disk is full. After each round everything is repaired, and both windows,
 * the system and the extension's notes must agree. `npm run soak` does it for 20 minutes; SOAK_MINUTES is how long, SOAK_SEED repeats a run,
 * SOAK_TROUBLES="full start reload" makes only these.
 */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import { Chance } from './support/chance';
import { configFile } from './support/files';
import { holdsFor } from './support/observe';
import { stopSessions } from './support/sessions';
import { disagreements, isAtRest, notes, servers, serversOf } from './support/soak/agreement';
import { freeDisk, canFillDisk } from './support/fullDisk';
import { Orchard } from './support/soak/orchard';
import { run, troublesOf } from './support/soak/troubles';
import type { Trouble, TroubledScene } from './support/soak/troubles';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 2);
const isLong = minutes > 5;
const sleepMs = isLong ? 60_000 : 15_000;
/** What is left of the last round then is the repair and its check. */
const reserveMs = isLong ? 60_000 : 30_000;
const roundMs = isLong ? 180_000 : Infinity;
/** A disk that was full for long is looked at once a minute. */
const agreementMs = isLong ? 120_000 : 60_000;

describe('random disturbances', function () {
  this.timeout(minutes * 60_000 + 300_000);
  after(stopSessions);

  it('end with two windows that show the state of the system, and with no process left', async () => {
    // The short soak does the same in every run, so that it fails only when something has changed.
    const seed = isLong ? Math.floor(Math.random() * 1e9) : 314_612_366;
    const chance = new Chance(Number(process.env['SOAK_SEED'] ?? seed));
    console.log(`      seed ${chance.seed} (SOAK_SEED repeats it)`);
    const end = Date.now() + minutes * 60_000 - reserveMs;
    const orchard = await Orchard.plant();
    const session = await Session.start({ files: { ...orchard.files, [configFile]: orchard.config } });
    const windows = [await session.open(), await session.open()] as const;
    for (const { services } of windows) {
      await services.open();
      await services.rowWhere('ash', 'is shown', () => true, 60_000);
    }
    const scene: TroubledScene = { session, orchard, windows, chance, sleepMs };
    await run(windows[0], 'Start All');
    await disturb(scene, end);
  });
});

async function disturb(scene: TroubledScene, end: number): Promise<void> {
  const only = process.env['SOAK_TROUBLES']?.split(/[ ,]+/);
  const deck = new Deck(
    troublesOf(scene).filter(({ name }) => only?.includes(name) ?? true),
    scene.chance,
  );
  while (Date.now() < end) {
    await makeTrouble(scene, deck, Math.min(end, Date.now() + roundMs));
    await repair(scene);
    await stopAll(scene);
    await run(scene.chance.pick(scene.windows), 'Start All');
  }
  await agree(scene);
  await stopAll(scene);
}

async function makeTrouble(scene: TroubledScene, deck: Deck, end: number): Promise<void> {
  const done: string[] = [];
  try {
    while (Date.now() < end) {
      const trouble = deck.next();
      done.push(trouble.name);
      await trouble.make();
      // Two names of one service may be started at the same moment: then the system gives the port to one, and the other ends.
      for (const tree of scene.orchard.trees)
        await until(`no second copy on port ${tree.port}`, () => serversOf(scene.session, tree).length <= 1);
      await new Promise((resolve) => setTimeout(resolve, 200 + scene.chance.next() * 1500));
    }
  } finally {
    console.log(`      ${done.join(' ')}`);
  }
}

async function repair(scene: TroubledScene): Promise<void> {
  if (canFillDisk) freeDisk(scene.session);
  for (const pid of servers(scene)) process.kill(pid, 'SIGCONT');
  await scene.session.write(configFile, scene.orchard.config);
  await agree(scene);
}

async function agree(scene: TroubledScene): Promise<void> {
  let last: readonly string[] = [];
  await until('all to agree', async () => (last = await disagreements(scene)).length === 0, agreementMs).catch(
    (error: unknown) => {
      throw new Error(`No agreement: ${last.join('\n')}`, { cause: error });
    },
  );
}

/**
 * A stop is for good: nothing runs, nothing starts again, and nothing is noted. A start that was under way has a process only later, which
 * is ended then: the rows say when nothing is under way any more. The editor has 20 s for a start.
 */
async function stopAll(scene: TroubledScene): Promise<void> {
  await run(scene.chance.pick(scene.windows), 'Stop All');
  for (const { services } of scene.windows) {
    const areAtRest = async (): Promise<boolean> => {
      const rows = await services.rows();
      return rows.length === scene.orchard.trees.length && rows.every(isAtRest);
    };
    await until('rows at rest', areAtRest, 30_000);
  }
  await holdsFor(3000, () => assert.deepEqual(servers(scene), []));
  await until('the end of all notes', () => notes(scene.session).length === 0);
}

/** Deals every trouble before one comes again. */
class Deck {
  readonly #left: Trouble[] = [];

  constructor(
    private readonly troubles: readonly Trouble[],
    private readonly chance: Chance,
  ) {}

  next(): Trouble {
    if (this.#left.length === 0) this.#left.push(...this.troubles);
    const [dealt] = this.#left.splice(Math.floor(this.chance.next() * this.#left.length), 1);
    if (dealt === undefined) throw new Error('A deck needs troubles.');
    return dealt;
  }
}
