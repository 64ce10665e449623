/** Azure Functions, started by the Core Tools, unless a script of the package does that. */
import type { Candidate, Detector } from '../candidate';
import { dataAt, parseJson, textAt } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { portOf } from '../read/source';

const usual = 7071;

export const functions: Detector = async (project) => {
  const found = await project.pace.map(project.find(/^host\.json$/), (file) => propose(project, file));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, file: string): Promise<Candidate | undefined> {
  const cwd = parentOf(file);
  const host = dataAt(parseJson((await project.text(file)) ?? ''));
  const manifest = join(cwd, 'package.json');
  const script = project.has(manifest)
    ? /"\s*:\s*"[^"\n]*\bfunc (?:host )?start\b/.test((await project.text(manifest)) ?? '')
    : false;
  if (textAt(host, 'version') === undefined || script) return undefined;
  const settings = join(cwd, 'local.settings.json');
  const local = project.has(settings) ? dataAt(parseJson((await project.text(settings)) ?? ''), 'Host') : {};
  const written = portOf(textAt(local, 'LocalHttpPort'));
  const command = ['func', 'start', '--port', '${port}'];
  return {
    name: nameOf(cwd),
    kind: 'functions',
    source: 'code',
    role: 'backend',
    cwd,
    command,
    port: { number: written ?? usual, from: written === undefined ? 'default' : 'written', move: command },
    evidence: [
      `Azure Functions by ${file}`,
      written === undefined ? `port ${usual} is the default of Azure Functions` : `port ${written} in ${settings}`,
    ],
  };
}
