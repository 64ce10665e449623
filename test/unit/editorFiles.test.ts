/** What .vscode starts (F5, the tasks) exists and works: its command lines are run here as VS Code would run them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { until } from '../support/poll';
import { repositoryRoot } from '../support/repository';
import { npm, run, type RunResult } from '../support/run';
import { makeScratch, removeScratch } from '../support/scratch';

interface Task {
  readonly label: string;
  readonly command?: string;
  readonly dependsOn?: readonly string[];
  readonly isBackground?: boolean;
  readonly problemMatcher?: { readonly pattern: Pattern; readonly background: Background } | readonly [];
}

interface Pattern {
  readonly regexp: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly severity: number;
  readonly message: number;
}

interface Background {
  readonly beginsPattern: string;
  readonly endsPattern: string;
}

interface Launch {
  readonly name: string;
  readonly type: string;
  readonly program?: string;
  readonly args: readonly string[];
  readonly preLaunchTask?: string;
}

const { tasks } = read('.vscode/tasks.json') as { readonly tasks: readonly Task[] };
const { configurations } = read('.vscode/launch.json') as { readonly configurations: readonly Launch[] };
const { scripts } = read('package.json') as { readonly scripts: Readonly<Record<string, string>> };

describe('the files of .vscode', function () {
  this.timeout(60_000);

  let scratch: string;
  before(async () => (scratch = await makeScratch('editor')));
  after(() => removeScratch(scratch));

  it('are JSON in which only comments are added', () => {
    for (const name of ['launch', 'tasks', 'settings', 'extensions']) assert.ok(read(`.vscode/${name}.json`));
  });

  it('refer to tasks by labels that exist', () => {
    const referred = [...configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []), ...tasks.flatMap(dependencies)];
    assert.ok(referred.length > 0);
    assert.deepEqual(
      referred.filter((label) => !tasks.some((task) => task.label === label)),
      [],
    );
  });

  it('run npm scripts and files that exist', () => {
    const commands = tasks.flatMap(({ command }) => command ?? []);
    assert.ok(commands.length > 0);
    for (const command of commands) {
      const script = /^npm (?:run )?([\w:]+)/.exec(command)?.[1];
      const file = /^node (\S+)/.exec(command)?.[1];
      assert.ok(script === undefined ? existsSync(join(repositoryRoot, file ?? '')) : script in scripts, command);
    }
  });

  it('use the compiler of this repository', () => {
    const settings = read('.vscode/settings.json') as { readonly 'js/ts.tsdk.path': string };
    assert.ok(existsSync(join(repositoryRoot, settings['js/ts.tsdk.path'], 'typescript.js')));
  });

  for (const { name, program, args, preLaunchTask } of configurations) {
    it(`name paths for "${name}" that exist once its tasks have run`, async () => {
      for (const task of preLaunchTask === undefined ? [] : withDependencies(preLaunchTask)) {
        // The watch never ends; its test is below.
        if (task.command === undefined || task.isBackground === true) continue;
        const { code, output } = await start(task.command);
        assert.equal(code, 0, output);
      }
      const named = [program ?? '', ...args].flatMap((text) => /\$\{workspaceFolder\}(.*)/.exec(text)?.[1] ?? []);
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((path) => !existsSync(join(repositoryRoot, path))),
        [],
      );
    });
  }

  it('debug the current file with a command line that runs its tests', async () => {
    const file = join(scratch, 'current.test.ts');
    await writeFile(file, "const title: string = 'the current file';\nit(title, () => undefined);\n");
    const launch = configurations.find(({ type }) => type === 'node');
    const program = launch?.program?.replace('${workspaceFolder}', repositoryRoot) ?? '';
    const args = launch?.args.map((arg) => arg.replace('${file}', file)) ?? [];
    const { code, output } = await run(process.execPath, [program, ...args], { cwd: repositoryRoot, output: 'keep' });
    assert.equal(code, 0, output);
    // Mocha has another tick for the consoles of Windows.
    assert.match(output, /[✔√] the current file/);
  });

  it('read when a build of the watch begins and ends, and its problems, until they are fixed', async () => {
    const [watch] = tasks.filter(({ isBackground }) => isBackground === true);
    assert.equal(watch?.command, 'npm run watch');
    assert.equal(scripts['watch'], 'node scripts/build.mjs --watch');
    const matcher = watch.problemMatcher;
    assert.ok(matcher !== undefined && 'pattern' in matcher);
    const begins = new RegExp(matcher.background.beginsPattern);
    const ends = new RegExp(matcher.background.endsPattern);
    await makeBuild(scratch, "import './missing';\n");

    const building = spawn(process.execPath, ['scripts/build.mjs', '--watch'], { cwd: scratch });
    try {
      let output = '';
      building.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const builds = (): number => output.split('\n').filter((line) => ends.test(line)).length;
      await until('the first build has ended', () => builds() === 1);
      const [first = '', ...others] = output.trim().split('\n');
      assert.match(first, begins);
      const { regexp, file, line, column, severity, message } = matcher.pattern;
      const problems = others.flatMap((text) => {
        const match = new RegExp(regexp).exec(text);
        return match === null ? [] : [[file, line, column, severity, message].map((group) => match[group])];
      });
      assert.deepEqual(problems, [['src/extension.ts', '1', '8', 'error', 'Could not resolve "./missing"']]);

      await writeFile(join(scratch, 'src/extension.ts'), "export const fixed = 'yes';\n");
      await until('the second build has ended', () => builds() === 2, 20_000);
      assert.match(readFileSync(join(scratch, 'dist/extension.js'), 'utf8'), /sourceMappingURL=extension\.js\.map/);
    } finally {
      building.kill();
    }
  });
});

/** The build script in a small repository, whose extension is this text. */
async function makeBuild(folder: string, extension: string): Promise<void> {
  await mkdir(join(folder, 'scripts'));
  const copied = [
    'scripts/ascii.mjs',
    'scripts/build.mjs',
    'scripts/koffi.mjs',
    'scripts/notices.mjs',
    'src/os/windows/helper/koffi-LICENSE.txt',
    'package.json',
  ];
  for (const file of copied) await cp(join(repositoryRoot, file), join(folder, file));
  for (const shared of ['node_modules', '.cache']) await symlink(join(repositoryRoot, shared), join(folder, shared), 'junction');
  const composed = ['agents', 'chosenPorts', 'containers', 'deferred', 'discovery', 'discoveryWorker', 'webviews'].map(
    (name) => `src/composition/${name}.ts`,
  );
  const bundles = [
    ...composed,
    'src/webview/log.tsx',
    'src/webview/dashboard.tsx',
    'src/os/probes/axios.ts',
    'src/os/windows/helper/main.ts',
    'src/os/windows/powerShellSource.ts',
    'src/os/launch/windowsCommand.ts',
    'src/os/compose/follower/main.ts',
    'src/svc/main.ts',
    'src/svc/mcp.ts',
  ];
  const sources = { 'src/extension.ts': extension, ...Object.fromEntries(bundles.map((path) => [path, ''])) };
  for (const [path, text] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function read(path: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(readFileSync(join(repositoryRoot, path), 'utf8'), errors);
  assert.deepEqual(
    errors.map(({ error, offset }) => `${path}: ${printParseErrorCode(error)} at ${offset}`),
    [],
  );
  return value;
}

const dependencies = ({ dependsOn }: Task): readonly string[] => dependsOn ?? [];

function withDependencies(label: string): readonly Task[] {
  const task = tasks.find((one) => one.label === label);
  return task === undefined ? [] : [...dependencies(task).flatMap(withDependencies), task];
}

function start(command: string): Promise<RunResult> {
  const [program = '', ...args] = command.split(' ');
  const options = { cwd: repositoryRoot, output: 'keep' } as const;
  return program === 'npm' ? npm(args, options) : run(program, args, options);
}
