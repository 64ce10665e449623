/** Python programs that run jobs: Celery, RQ, Dramatiq, arq, Taskiq, and scripts that are called worker. */
import type { Detector } from '../candidate';
import { isWithin, nameOf, parentOf, stemOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn } from '../read/source';
import type { Source } from '../read/source';
import { envFileOf, envSources } from '../read/envFiles';
import { asksOfAll } from '../read/asks';
import { interpreterFor } from './interpreter';
import { mainBlock } from './mainBlock';
import { runScript } from './runScript';
import { moduleOf, pythonSources } from './sources';

interface Library {
  readonly name: string;
  /** What the file that defines the jobs contains. The first group may be the name of an object. */
  readonly made: RegExp;
  args(module: string, object: string): readonly string[];
}

const libraries: readonly Library[] = [
  {
    name: 'celery',
    made: /^([A-Za-z_]\w*)[ \t]*(?::[^=\n]{0,60})?=[ \t]*(?:celery\.)?Celery\(/m,
    args: (module, object) => [
      '-m',
      'celery',
      '-A',
      /^(?:app|celery)$/.test(object) ? module : `${module}:${object}`,
      'worker',
      '--loglevel',
      'info',
    ],
  },
  { name: 'arq', made: /^class (\w*WorkerSettings)\b/m, args: (module, object) => ['-m', 'arq', `${module}.${object}`] },
  {
    name: 'dramatiq',
    made: /^(?:import dramatiq|from dramatiq)\b[\s\S]{0,20000}?^@(?:dramatiq\.)?actor\b()/m,
    args: (module) => ['-m', 'dramatiq', module],
  },
  {
    name: 'taskiq',
    made: /^([A-Za-z_]\w*)[ \t]*=[ \t]*\w*(?:Stream|Queue|PubSub|Aio)\w*Broker\(/m,
    args: (module, object) => ['-m', 'taskiq', 'worker', `${module}:${object}`],
  },
];

const workerFile = /^(?:\w*_)?(?:workers?|consumer|scheduler|bot)\.py$/;

export const pythonWorkers: Detector = async (project) => {
  const sources = await pythonSources(project);
  const seen = new Set<string>();
  const found = await project.pace.map(sources, async (source) => {
    for (const library of libraries) {
      const made = findIn(source, library.made);
      const key = `${library.name} ${moduleOf(project, source).cwd}`;
      if (made === undefined || seen.has(key)) continue;
      seen.add(key);
      const { cwd, module } = placeOf(project, source);
      return workerOf(project, source, {
        kind: `worker ${library.name}`,
        name: library.name,
        cwd,
        args: library.args(module, made.groups[0] ?? ''),
        where: made.where,
        sources,
      });
    }
    if (!workerFile.test(nameOf(source.file)) || !isLooping(source)) return undefined;
    const { cwd, args } = runScript(project, source);
    return workerOf(project, source, {
      kind: `worker ${stemOf(source.file)}`,
      name: stemOf(source.file),
      cwd,
      args,
      where: source.file,
      sources,
    });
  });
  return found.filter((candidate) => candidate !== undefined);
};

/** The module of Django's project is in the package beside manage.py. */
const placeOf = (project: Project, source: Source): { readonly cwd: string; readonly module: string } => {
  const { cwd, module } = moduleOf(project, source);
  return { cwd, module: module.replace(/\.celery$/, '') || module };
};

const isLooping = (source: Source): boolean =>
  mainBlock(source) !== undefined &&
  /\bwhile[ \t]+(?:True|1)\b|\bWorker\(|run_polling|start_consuming|run_forever|\.consume\(|BlockingScheduler|asyncio\.run|\.run\(/.test(
    source.text,
  ) &&
  !/\b(?:FastAPI|Flask)\(|uvicorn\.run/.test(source.text);

interface Job {
  readonly kind: string;
  readonly name: string;
  readonly cwd: string;
  readonly args: readonly string[];
  readonly where: string;
  readonly sources: readonly Source[];
}

async function workerOf(project: Project, source: Source, { kind, name, cwd, args, where, sources }: Job) {
  const interpreter = await interpreterFor(project, cwd);
  // Celery's usual pool does not work on Windows.
  const pool = kind === 'worker celery' && project.system === 'windows' ? ['--pool', 'solo'] : [];
  const env = await envSources(project, cwd);
  const own = sources.filter(({ file }) => isWithin(file, parentOf(source.file)));
  return {
    name: nameOf(cwd) === '' ? name : `${nameOf(cwd)}-${name}`,
    kind,
    source: 'code' as const,
    role: 'worker' as const,
    cwd,
    command: [...interpreter.words, ...args, ...pool],
    more: envFileOf(project, cwd),
    evidence: [`${name} in ${where}`, ...(interpreter.evidence === undefined ? [] : [interpreter.evidence])],
    asks: await asksOfAll(project.pace, [...own, ...env]),
  };
}
