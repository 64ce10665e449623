/** Finds what the scripts of each package.json start: each tool and each entry file once, by the most likely script. */
import type { Candidate, Detector } from '../candidate';
import { toolOf } from './frontends';
import { startedWhole } from './together';
import { packagesOf } from './packages';
import type { Package } from './packages';
import { scriptsOf } from './scripts';
import type { Script } from './scripts';
import { serverCandidate } from './servers';
import { toolCandidate } from './tools';
import type { Project } from '../read/project';

export const node: Detector = async (project) => {
  // Sequential, so that the limit on reads always cuts off the same, deepest packages.
  return (await project.pace.map(await packagesOf(project), (one) => ofPackage(project, one))).flat();
};

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
  return startedWhole([...found.values()], one);
}

async function propose(project: Project, one: Package, script: Script): Promise<readonly [string, Candidate] | undefined> {
  const tool = toolOf(script.run.words, one);
  if (tool !== undefined) return [`${tool.kind} ${script.run.cd}`, await toolCandidate(project, one, { script, tool })];
  const server = script.run.cd === '' ? await serverCandidate(project, one, script) : undefined;
  if (server === undefined) return undefined;
  const { entry, ...candidate } = server;
  return [entry, candidate];
}
