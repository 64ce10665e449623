/** Finds what the scripts of each package.json start: each tool and each entry file once, by the most likely script. */
import type { Candidate, Detector } from '../candidate';
import { toolBehind, toolOf } from './frontends';
import { packagesOf } from './packages';
import type { Package } from './packages';
import { scriptsOf } from './scripts';
import type { Script } from './scripts';
import { serverCandidate } from './servers';
import { toolCandidate } from './tools';
import { textAt } from '../read/formats';
import type { Project } from '../read/project';

export const node: Detector = async (project) => {
  // Sequential, so that the limit on reads always cuts off the same, deepest packages.
  const packages = await packagesOf(project);
  const found = (await project.pace.map(packages, (one) => ofPackage(project, one))).flat();
  const frontends = found.filter(({ role }) => role === 'frontend');
  const opened = frontends.filter(({ cwd }) => !isForOthers(packageIn(packages, cwd), packages, frontends));
  return opened.length === 0 ? found : found.filter((candidate) => candidate.role !== 'frontend' || opened.includes(candidate));
};

const packageIn = (packages: readonly Package[], folder: string): Package | undefined =>
  packages.find((one) => one.folder === folder);

/** The dev server of a desktop app, or of a library that another frontend is made of, is not what developers open. */
function isForOthers(one: Package | undefined, packages: readonly Package[], frontends: readonly Candidate[]): boolean {
  if (one === undefined) return false;
  const name = textAt(one.manifest, 'name') ?? '';
  const isDesktop = one.has('@tauri-apps/cli') || one.has('electron');
  const users = packages.filter((other) => other !== one && name !== '' && other.has(name));
  return isDesktop || users.some(({ folder }) => frontends.some(({ cwd }) => cwd === folder));
}

async function ofPackage(project: Project, one: Package): Promise<readonly Candidate[]> {
  const found = new Map<string, Candidate>();
  const proposed = await project.pace.map(scriptsOf(one), async (script) => ({
    script,
    seen: await propose(project, one, script),
  }));
  for (const { script, seen } of proposed) {
    if (seen === undefined) continue;
    const [key, candidate] = seen;
    const known = found.get(key);
    found.set(key, known === undefined ? candidate : { ...known, scripts: [...(known.scripts ?? []), script.name] });
  }
  return [...found.values()];
}

async function propose(project: Project, one: Package, script: Script): Promise<readonly [string, Candidate] | undefined> {
  const tool = toolOf(script.run.words, one);
  if (tool !== undefined) return [`${tool.kind} ${script.run.cd}`, await toolCandidate(project, one, { script, tool })];
  const behind = toolBehind(script.run.words, one);
  if (behind !== undefined && script.run.cd === '') {
    // The program in front may choose the port.
    const { port: _, ...candidate } = await toolCandidate(project, one, { script, tool: behind.tool });
    const evidence = candidate.evidence.filter((sentence) => !/^port \d+ is /.test(sentence));
    return [`${behind.tool.kind} ${script.run.cd}`, { ...withoutHealth(candidate), evidence }];
  }
  const server = script.run.cd === '' ? await serverCandidate(project, one, script) : undefined;
  if (server === undefined) return undefined;
  const { entry, ...candidate } = server;
  return [entry, candidate];
}

const withoutHealth = ({ health: _, ...candidate }: Candidate): Candidate => candidate;
