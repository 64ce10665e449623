/** Finds the services in a folder. It only reads; nothing is executed or written. */
import type { FolderReader } from '../app/ports';
import { defined } from '../core/model/defined';
import type { Alternative, Discovered, ProposedService } from '../core/addServices/proposal';
import type { Candidate, Detector, Role } from './candidate';
import { compose } from './declared/compose';
import { mprocs } from './declared/mprocs';
import { processCompose } from './declared/processCompose';
import { procfile } from './declared/procfile';
import { forwardedPorts, targets } from './declared/targets';
import { tasks } from './declared/tasks';
import { node } from './node/detect';
import { nx } from './node/nx';
import { cargo } from './other/cargo';
import { dotnet } from './other/dotnet';
import { functions } from './other/functions';
import { go } from './other/go';
import { laravel } from './other/laravel';
import { phoenix } from './other/phoenix';
import { php } from './other/php';
import { rails } from './other/rails';
import { spring } from './other/spring';
import { asgi } from './python/asgi';
import { django } from './python/django';
import { flask } from './python/flask';
import { pythonScript } from './python/script';
import { streamlit } from './python/streamlit';
import { pythonWorkers } from './python/workers';
import { Project } from './read/project';
import { configOf } from './settle/config';
import { settleContainers } from './settle/containers';
import { mergeDuplicates } from './settle/duplicates';
import { linkAll, type Links } from './settle/links';
import { nameAll } from './settle/names';
import { settlePorts } from './settle/ports';
import { withSetup } from './settle/setup';

/** Reliable detectors that read few files come first, because the reads per folder are limited. */
const detectors: readonly Detector[] = [
  compose,
  procfile,
  processCompose,
  mprocs,
  tasks,
  targets,
  rails,
  phoenix,
  php,
  laravel,
  spring,
  dotnet,
  asgi,
  flask,
  django,
  pythonScript,
  streamlit,
  pythonWorkers,
  node,
  nx,
  functions,
  go,
  cargo,
];

/** Candidates are compared with each other. A workspace with more services cannot be reviewed in a list. */
const maxCandidates = 200;

/** Never rejects: what cannot be read yields no proposal. Backends come first, then frontends, then the rest. */
export async function discover(folder: FolderReader): Promise<readonly ProposedService[]> {
  return (await search(folder)).proposals;
}

/** A search of a usual folder takes less, and reports nothing. */
const reportIntervalMs = 300;

/** Like `discover`, and also returns whether the search ended early. `report` is called with what was found so far. */
export async function search(folder: FolderReader, report?: (soFar: Discovered) => void): Promise<Discovered> {
  const project = await Project.of(folder);
  const found: Candidate[] = [];
  let reportedAt = performance.now();
  for (const detect of detectors) {
    if (await project.pace.goesOn()) found.push(...(await detect(project)));
    if (report === undefined || performance.now() - reportedAt < reportIntervalMs) continue;
    report({ proposals: await settle(project, found.slice(0, maxCandidates)), ended: 'outOfTime' });
    reportedAt = performance.now();
  }
  const considered = found.slice(0, maxCandidates);
  const complete = await project.pace.map(considered, (candidate) => withSetup(project, candidate));
  const proposals = await settle(project, [...complete, ...considered.slice(complete.length)]);
  if (project.pace.isCut) return { proposals, ended: 'outOfTime' };
  return { proposals, ended: found.length > maxCandidates ? 'tooMany' : 'complete' };
}

async function settle(project: Project, found: readonly Candidate[]): Promise<readonly ProposedService[]> {
  const runs = mergeDuplicates(found.filter(({ source }) => source !== 'container'));
  const { kept, standIns: settled } = await settleContainers(
    project,
    runs.kept,
    found.filter(({ source }) => source === 'container'),
  );
  const standIns = new Map([...settled, ...[...runs.standIns].map(([from, to]) => [from, settled.get(to) ?? to] as const)]);
  const placed = settlePorts(kept, await forwardedPorts(project));
  const now = new Map(kept.map((candidate, index) => [candidate, placed[index] ?? candidate]));
  const names = nameAll(placed);
  const links = linkAll(names, new Map([...standIns].map(([from, to]) => [from, now.get(to) ?? to])));
  return [...names]
    .sort(([a], [b]) => order.indexOf(a.role) - order.indexOf(b.role))
    .map(([candidate, id]) => {
      const linked = links.get(candidate) ?? { needs: new Map(), evidence: [] };
      const alternative = alternativeOf(candidate, linked);
      return {
        ...{ id, config: configOf(candidate, linked), evidence: [...candidate.evidence, ...linked.evidence] },
        ...defined({ alternative }),
      };
    });
}

/** It needs what the service itself needs. */
function alternativeOf({ alternative }: Candidate, linked: Links): Alternative | undefined {
  if (alternative === undefined) return undefined;
  const runsIn = alternative.source === 'container' ? 'container' : 'source';
  return { config: configOf(alternative, linked), evidence: alternative.evidence, runsIn };
}

const order: readonly Role[] = ['backend', 'frontend', 'worker', 'database', 'other'];
