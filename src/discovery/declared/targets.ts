/** Targets of a Makefile, justfile or Taskfile that start servers, and commands of a dev container. */
import type { Ask, Candidate, Detector } from '../candidate';
import { dataAt, listAt, parseJson, textAt, textsOf } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { parseYaml } from '../read/yaml';
import { declared, declaredNames } from './declared';
import { endsByLine, endsByName } from './roles';

interface Line {
  readonly name: string;
  readonly line: string;
  readonly where: string;
}

const wanted =
  /^(?:dev|develop|run|serve|server|start|api|backend|frontend|client|web|app|ui|worker|celery|watch|local)(?:[-_:.]|$)|[-_:](?:dev|run|serve|server|start|worker|up)$/i;
const unwanted =
  /prod|test|build|docker|lint|deploy|migrat|seed|install|debug|stop|down|clean|format|check|docs|stag|release|logs|shell/i;

export const targets: Detector = async (project) => {
  const files = project.find(/^(?:(?:GNU)?[Mm]akefile|\.?[jJ]ustfile|[tT]askfile(?:\.dist)?\.ya?ml)$/);
  const found = await project.pace.map(files, (file) => ofFile(project, file));
  return [...found.flat(), ...(await ofContainer(project))];
};

async function ofFile(project: Project, file: string): Promise<readonly Candidate[]> {
  const source = await project.source(file);
  if (source === undefined) return [];
  const lines = /\.ya?ml$/.test(file) ? await linesOfTaskfile(project, source) : linesOfRules(source);
  return lines.flatMap((line) => candidateOf(line, parentOf(file), file));
}

/** A file that is written by hand has fewer. */
const maxTargets = 100;

/** Make and just: a name with a colon, and indented lines below. The last line of a target is what keeps running. */
function linesOfRules(source: Source): readonly Line[] {
  const found: Line[] = [];
  let target: { name: string; number: number; lines: string[] } | undefined;
  const end = (): void => {
    const line = target?.lines.at(-1);
    if (target !== undefined && line !== undefined && found.length < maxTargets)
      found.push({ name: target.name, line: joined(target.lines), where: `${source.file}:${target.number}` });
  };
  for (const [index, text] of source.text.split('\n').entries()) {
    const [, name] = /^@?([\w.-]+)(?:[ \t][^:=\n]{0,200})?:(?![=:])/.exec(text) ?? [];
    if (name !== undefined) {
      end();
      target = { name, number: index + 1, lines: [] };
    } else if (/^[ \t]+\S/.test(text))
      target?.lines.push(
        text
          .trim()
          .replace(/^[@-]+/, '')
          .trim(),
      );
  }
  end();
  return found;
}

/** A folder that is entered in the same line stays; Make starts a new shell for each line. */
const joined = (lines: readonly string[]): string =>
  lines.filter((line) => !/^(?:echo|#|printf|set |export )/.test(line)).at(-1) ?? '';

async function linesOfTaskfile(project: Project, source: Source): Promise<readonly Line[]> {
  const tasks = dataAt(await parseYaml(project.pace, source.text), 'tasks');
  return declaredNames(tasks).flatMap((name) => {
    const task = dataAt(tasks, name);
    const commands = [
      ...textsOf(listAt(task, 'cmds')),
      ...listAt(task, 'cmds').flatMap((each) => textAt(dataAt(each), 'cmd') ?? []),
    ];
    const line = commands.at(-1) ?? textAt(task, 'cmd') ?? textAt(tasks, name);
    const folder = textAt(task, 'dir');
    const where = findIn(source, new RegExp(`^[ \\t]+["']?${name.replace(/\W/g, '\\$&')}["']?:`, 'm'))?.where ?? source.file;
    return line === undefined ? [] : [{ name, line: folder === undefined ? line : `cd ${folder} && ${line}`, where }];
  });
}

/** Lines with variables of the tool itself cannot run outside of it. */
const ownVariables = /\$\(|\$\{|\{\{|\$[A-Za-z@<^]/;

function candidateOf({ name, line, where }: Line, cwd: string, file: string): readonly Candidate[] {
  if (!wanted.test(name) || unwanted.test(name) || endsByName(name) || endsByLine(line) || ownVariables.test(line)) return [];
  const candidate = declared({ name, line, cwd, file, where });
  const { starts, port } = candidate;
  // Only what is known to serve: the name of a target says little.
  if (
    starts === undefined ||
    /\bdocker\b|\bpodman\b/.test(line) ||
    ('kinds' in starts && port === undefined && candidate.role !== 'worker')
  )
    return [];
  return [{ ...candidate, isTarget: true }];
}

async function ofContainer(project: Project): Promise<readonly Candidate[]> {
  const file = '.devcontainer/devcontainer.json';
  const source = await project.source(file);
  if (source === undefined) return [];
  const config = dataAt(parseJson(source.text));
  const lines = ['postStartCommand', 'postAttachCommand'].flatMap((key) => {
    const words = textsOf(listAt(config, key));
    const table = dataAt(config, key);
    const texts = [
      textAt(config, key) ?? (words.length > 0 ? words.join(' ') : []),
      Object.keys(table).map((name) => textAt(table, name) ?? []),
    ].flat(2);
    return texts.map((line) => ({
      name: 'server',
      line: line.replace(/^nohup\s+/, '').replace(/(?<!\s)\s*(?:>\s*\S+\s*)?(?:2>&1\s*)?&\s*$/, ''),
      where: findIn(source, new RegExp(`"${key}"`))?.where ?? file,
    }));
  });
  return lines.flatMap((line) =>
    candidateOf(line, '', file).map((candidate) => ({ ...candidate, name: nameOf(join(candidate.cwd)) || 'server' })),
  );
}

/** Returns the ports that a dev container forwards. */
export async function forwardedPorts(project: Project): Promise<readonly Ask[]> {
  const source = await project.source('.devcontainer/devcontainer.json');
  const config = dataAt(source === undefined ? undefined : parseJson(source.text));
  return listAt(config, 'forwardPorts')
    .slice(0, maxTargets)
    .flatMap((entry): Ask[] => {
      const port = portOf(
        String(typeof entry === 'number' || typeof entry === 'string' ? entry : '').replace(/^(?:localhost|127\.0\.0\.1):/, ''),
      );
      return port === undefined || source === undefined ? [] : [{ port, where: source.file, what: 'url' }];
    });
}
