/** Servers and workers that the scripts of composer.json start, such as `composer dev` of Laravel. */
import { runsOf } from '../command';
import type { Candidate, Detector } from '../candidate';
import { declared } from '../declared/declared';
import { runsJobs } from '../declared/roles';
import { dataAt, parseJson, textAt, textsOf, listAt } from '../read/formats';
import { nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';

const wanted = /^(?:dev|start|serve|server|run|worker|queue)(?:[:\-_]|$)/;

export const php: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^composer\.json$/), (file) => propose(project, file));
  return found.flat();
};

/** A file that is written by hand starts fewer. */
const maxLines = 30;

async function propose(project: Project, file: string): Promise<readonly Candidate[]> {
  const source = await project.source(file);
  const scripts = dataAt(source === undefined ? undefined : parseJson(source.text), 'scripts');
  const lines = Object.keys(scripts)
    .filter((name) => wanted.test(name))
    .flatMap((name) => [textAt(scripts, name) ?? [], ...textsOf(listAt(scripts, name))].flat().map((line) => ({ name, line })))
    .flatMap(({ name, line }) => innerLines(line).map((inner) => ({ name, line: inner })));
  const seen = new Set<string>();
  return lines.slice(0, maxLines).flatMap(({ name, line }) => {
    const where =
      (source === undefined ? undefined : findIn(source, new RegExp(`"${name.replace(/\W/g, '\\$&')}"\\s*:`))?.where) ?? file;
    const [, port] = /\bphp\s+-S\s+[\w.]+:(\d{2,5})/.exec(line) ?? [];
    const isJob = /^php\b/.test(line) && runsJobs(line);
    if ((port === undefined && !isJob) || seen.has(line)) return [];
    seen.add(line);
    const number = portOf(port);
    const candidate = declared({
      name: isJob ? 'queue' : nameOf(parentOf(file)) || 'web',
      line,
      cwd: parentOf(file),
      file,
      where,
    });
    return [
      {
        ...candidate,
        role: isJob ? 'worker' : 'backend',
        ...(number === undefined ? {} : { port: { number, from: 'written' as const } }),
        evidence: [`"${line}" of "${name}" in ${where}`],
      },
    ];
  });
}

/** `npx concurrently "php artisan serve" "php artisan queue:listen"` */
function innerLines(line: string): readonly string[] {
  const run = runsOf(line).at(-1);
  if (run?.words[0] !== 'concurrently') return [line];
  return run.words.slice(1).filter((word) => /\s/.test(word));
}
