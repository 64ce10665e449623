/** The files of .github name what exists; GitHub itself is the first to run them otherwise. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/repository';
import { run } from '../support/run';
import { chosen, suitesOn } from '../support/suites';
import { itOn, posix } from '../support/systems';

interface Step {
  readonly name?: string;
  readonly run?: string;
}

interface Job {
  readonly strategy?: { readonly matrix: Matrix };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Matrix {
  readonly os?: readonly string[];
  readonly suites?: readonly string[];
  readonly include?: readonly { readonly os: string; readonly suites: string }[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: readonly string[] };
}

const manifest = JSON.parse(text('package.json')) as {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
};
const workflows = ['ci', 'release'].map((name) => parse(text(`.github/workflows/${name}.yml`)) as Workflow);

describe('the workflows', () => {
  it('run npm scripts and files that exist', () => {
    const commands = workflows.flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.run ?? [])),
    );
    const scripts = commands.flatMap((command) => /^npm (?:run )?(?!ci$)(\S+)(?: -- .*)?$/.exec(command)?.[1] ?? []);
    assert.deepEqual(scripts.toSorted(), ['package', 'test']);
    assert.deepEqual(
      scripts.filter((script) => !(script in manifest.scripts)),
      [],
    );
    assert.equal(commands.filter((command) => command === '.ci/run').length, 2);
    assert.ok(existsSync(join(repositoryRoot, '.ci/run')));
  });

  for (const [system, image] of [
    ['darwin', 'macos-latest'],
    ['win32', 'windows-latest'],
  ] as const)
    it(`run every suite of ${system} once`, () => {
      const { os = [], suites = [], include = [] } = workflows[0]?.jobs['other']?.strategy?.matrix ?? {};
      assert.ok(os.includes(image));
      const added = include.flatMap((one) => (one.os === image ? one.suites : []));
      const named = [...suites, ...added].flatMap((words) => words.split(' '));
      const known = suitesOn(system).flatMap((group) => group.map(({ name }) => name));
      assert.deepEqual(named.toSorted(), known.toSorted());
    });

  it('may read the repository only, except the job that creates the release', () => {
    const writing = workflows.flatMap(({ permissions, jobs }) => [
      ...Object.values(permissions),
      ...Object.entries(jobs).flatMap(([name, job]) =>
        Object.entries(job.permissions ?? {}).map(([what, how]) => `${name} ${what} ${how}`),
      ),
    ]);
    assert.deepEqual(writing, ['read', 'read', 'release contents write']);
  });

  itOn(posix, 'refuse to release a tag that is not the version in package.json', async () => {
    const steps = workflows.flatMap(({ jobs }) => jobs['package']?.steps ?? []);
    const check = steps.find(({ name }) => name?.startsWith('The tag is the version'))?.run;
    assert.ok(check !== undefined);
    const codeFor = async (tag: string): Promise<number | undefined> => {
      const env = { ...process.env, GITHUB_REF_NAME: tag };
      return (await run('bash', ['-e', '-c', check], { cwd: repositoryRoot, env, output: 'keep' })).code;
    };
    assert.deepEqual(
      [await codeFor(`v${manifest.version}`), await codeFor('v99.0.0'), await codeFor(manifest.version)],
      [0, 1, 1],
    );
  });
});

describe('npm test', () => {
  const names = (words: readonly string[]): readonly string[][] =>
    chosen(suitesOn('linux'), words).map((group) => group.map(({ name }) => name));

  it('runs the suites that are named, and all when none is', () => {
    assert.deepEqual(names(['os', 'types', 'unit']), [['types', 'unit'], ['os']]);
    assert.equal(names([]).length, suitesOn('linux').length);
    assert.throws(() => names(['unit', 'windows']), /There is no suite "windows" here: there are lint, types, unit, os, /);
  });
});

describe('the bug report form', () => {
  const { body } = parse(text('.github/ISSUE_TEMPLATE/bug.yml')) as { readonly body: readonly Field[] };

  it('names commands and buttons as the extension does', () => {
    const { value = '' } = body.find(({ type }) => type === 'markdown')?.attributes ?? {};
    const titles = JSON.parse(text('package.nls.json')) as Readonly<Record<string, string>>;
    assert.ok(value.includes(`Services: ${titles['command.diagnose'] ?? 'missing'}`), value);
    assert.ok('Copy Report' in (JSON.parse(text('l10n/bundle.l10n.de.json')) as object));
    assert.ok(value.includes('Copy Report'), value);
  });

  it('asks for the report, the versions and the system, each once', () => {
    const ids = body.flatMap(({ id }) => id ?? []);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ['report', 'extension', 'vscode', 'system']) assert.ok(ids.includes(id), id);
  });
});

function text(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
