/** ASP.NET Core projects and workers, found by their project file. */
import { defined } from '../../core/model/defined';
import type { Candidate, Detector } from '../candidate';
import { dataAt, parseJson, textAt } from '../read/formats';
import { bestHealth, healthPattern } from '../read/health';
import { asksOfAll } from '../read/asks';
import { isWithin, join, nameOf, parentOf, stemOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findIn, portOf } from '../read/source';

const maxFiles = 25;

export const dotnet: Detector = async (project) => {
  const files = project.find(/\.(?:cs|fs|vb)proj$/);
  const parts = new Set((await project.pace.map(files, (file) => partsOf(project, file))).flat());
  const found = await project.pace.map(
    files.filter((file) => !parts.has(file)),
    (file) => propose(project, file),
  );
  return found.filter((candidate) => candidate !== undefined);
};

/** A web project serves the projects that it refers to: a client of Blazor, or a library. */
async function partsOf(project: Project, file: string): Promise<readonly string[]> {
  const source = await project.source(file);
  if (source === undefined || findIn(source, webSdk) === undefined) return [];
  return findAllIn(source, /<ProjectReference\s[^>]*?Include="([^"]+)"/g).map(({ groups: [path = ''] }) =>
    join(parentOf(file), path.replaceAll('\\', '/')),
  );
}

const webSdk = /<Project\s[^>]*Sdk="Microsoft\.NET\.Sdk\.(Web|BlazorWebAssembly|Worker)"/;

/** A library or a test has an SDK for the web as well. */
const notStarted = /<OutputType>\s*Library\s*<|<IsTestProject>\s*true\s*<|Include="Microsoft\.NET\.Test\.Sdk"/i;

const roles = { Web: 'backend', BlazorWebAssembly: 'frontend', Worker: 'worker' } as const;

async function propose(project: Project, file: string): Promise<Candidate | undefined> {
  const source = await project.source(file);
  const sdk = source === undefined || notStarted.test(source.text) ? undefined : findIn(source, webSdk);
  const kind = sdk?.groups[0];
  if (sdk === undefined || (kind !== 'Web' && kind !== 'BlazorWebAssembly' && kind !== 'Worker')) return undefined;
  const cwd = parentOf(file);
  const role = roles[kind];
  const base = { name: nameOf(cwd), kind: `dotnet ${stemOf(file)}`, source: 'code' as const, role, cwd };
  const evidence = `Microsoft.NET.Sdk.${kind} in ${sdk.where}`;
  if (role === 'worker') return { ...base, command: ['dotnet', 'run'], evidence: [evidence] };
  return { ...base, ...(await served(project, cwd, evidence)) };
}

/** Returns the parts that only a project with an HTTP server has. */
async function served(
  project: Project,
  cwd: string,
  evidence: string,
): Promise<Pick<Candidate, 'command' | 'port' | 'health' | 'openPath' | 'evidence' | 'asks'>> {
  const launch = await launchOf(project, cwd);
  const files = project.find(/\.(?:cs|fs)$|^appsettings(?:\.Development)?\.json$/).filter((path) => isWithin(path, cwd));
  const sources = await project.sources(files.slice(0, maxFiles));
  const mapped = new RegExp(`\\bapp\\.Map(?:HealthChecks|Get)\\(\\s*"(${healthPattern})"`, 'g');
  const health = bestHealth(
    sources.flatMap((one) =>
      findAllIn(one, mapped).map(({ where, groups }) => ({ path: `/${(groups[0] ?? '').replace(/^\//, '')}`, where })),
    ),
  );
  return {
    command: ['dotnet', 'run', ...(launch === undefined ? [] : ['--launch-profile', launch.profile])],
    port: launch === undefined ? { number: 5000, from: 'default' } : { number: launch.port, from: 'written' },
    ...defined({ health: health?.path, openPath: launch?.openPath }),
    evidence: [
      evidence,
      launch === undefined ? "port 5000 is Kestrel's default" : `port ${launch.port} of "${launch.profile}" in ${launch.file}`,
      ...(health === undefined ? [] : [`GET ${health.path} in ${health.where}`]),
    ],
    asks: await asksOfAll(project.pace, sources),
  };
}

interface LaunchProfile {
  readonly profile: string;
  readonly file: string;
  readonly port: number;
  readonly openPath?: string;
}

/** Returns the first profile that starts the project and serves plain HTTP: a localhost certificate may not be trusted yet. */
async function launchOf(project: Project, cwd: string): Promise<LaunchProfile | undefined> {
  const file = join(cwd, 'Properties/launchSettings.json');
  const profiles = dataAt(project.has(file) ? parseJson((await project.text(file)) ?? '') : undefined, 'profiles');
  const found = Object.keys(profiles).flatMap((profile) => {
    const settings = dataAt(profiles, profile);
    const urls = (textAt(settings, 'applicationUrl') ?? '').split(';');
    const port = portOf(urls.map((url) => /^http:\/\/[^:/]+:(\d+)/.exec(url)?.[1]).find((text) => text !== undefined));
    if (textAt(settings, 'commandName') !== 'Project' || port === undefined) return [];
    const path = textAt(settings, 'launchUrl');
    return [
      {
        profile,
        file,
        port,
        only: urls.length === 1,
        ...defined({ openPath: path === undefined || /^\w+:/.test(path) ? undefined : `/${path}` }),
      },
    ];
  });
  return found.find(({ only }) => only) ?? found[0];
}
