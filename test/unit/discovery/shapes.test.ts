/** Small folders whose services were once found wrong, by kind of fault, each with the complete list that has to come out. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProposedService } from '../../../src/core/addServices/proposal';
import { commandLine } from '../../../src/core/model/service';
import { parseServices } from '../../../src/core/config/parse';
import { startOf } from '../../../src/core/config/start';
import { discover } from '../../../src/discovery/discover';
import { writeServices } from '../../../src/discovery/write';
import { repositoryRoot } from '../../support/repository';
import { ofTexts } from './folder';

/** A service that has to be found. A key that is absent may have any value; null stands for none. */
interface Wanted {
  readonly cwd: string;
  /** A pattern of the command, with the number in place of `${port}`. */
  readonly command_regex: string;
  readonly port: number | null;
  readonly role: string;
  readonly dependsOn?: readonly string[];
  readonly health?: string | null;
  readonly env?: Readonly<Record<string, string>>;
}

interface Shape {
  readonly name: string;
  readonly note?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly want: readonly Wanted[];
}

const base = join(repositoryRoot, 'test/fixtures/shapes');

describe('discovery of shapes that were found wrong', () => {
  for (const file of readdirSync(base)) {
    const shapes = JSON.parse(readFileSync(join(base, file), 'utf8')) as readonly Shape[];
    describe(file.replace(/\.json$/, ''), () => {
      for (const { name, files, want } of shapes) {
        it(name, async () => {
          const found = await discover(ofTexts(files));
          const left = [...found];
          const missing: Wanted[] = [];
          for (const each of want) {
            const index = left.findIndex((proposal) => fits(proposal, each));
            if (index < 0) missing.push(each);
            else left.splice(index, 1);
          }
          assert.deepEqual({ missing, notWanted: left }, { missing: [], notWanted: [] });
        });

        it(`${name}, written as services.json`, async () => {
          const written = writeServices(undefined, await discover(ofTexts(files)));
          assert.ok(written.ok);
          const { problems } = parseServices(written.text, { folder: '/folder', folderName: 'folder', multiRoot: false });
          assert.deepEqual(problems, []);
        });
      }
    });
  }
});

function fits({ config }: ProposedService, wanted: Wanted): boolean {
  const { cwd = '', port, role } = config;
  const { command } = startOf(config);
  const line = commandLine({ command, ...(typeof port === 'number' ? { port } : {}) });
  const isStarted = cwd === wanted.cwd && new RegExp(wanted.command_regex).test(line);
  return isStarted && (port ?? null) === wanted.port && role === wanted.role && hasRest(config, wanted);
}

function hasRest({ health, env, dependsOn = [] }: ProposedService['config'], wanted: Wanted): boolean {
  const needs = Array.isArray(dependsOn) ? dependsOn : Object.keys(dependsOn);
  return (
    (wanted.dependsOn === undefined || isEqual([...needs].sort(), [...wanted.dependsOn].sort())) &&
    (wanted.health === undefined || (health ?? null) === wanted.health) &&
    (wanted.env === undefined || isEqual(env ?? {}, wanted.env))
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    assert.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}
