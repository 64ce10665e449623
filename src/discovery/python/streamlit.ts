/** Streamlit, Gradio and similar pages in Python, which have servers of their own. */
import { defined } from '../../core/model/defined';
import type { Candidate, CandidatePort, Detector } from '../candidate';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { importedBy } from './modules';
import { portInCall } from './ports';
import { runScript } from './runScript';
import { pythonServer } from './server';
import { pythonSources } from './sources';

/** The names in Streamlit's guide and templates go first; any other file will do. */
const entry = /^(?:streamlit_app|app|main|home|dashboard|\d*_?Home)\.py$/i;

export const streamlit: Detector = async (project) => {
  const sources = await pythonSources(project);
  const pages = sources.filter((source) => findIn(source, /^import[ \t]+streamlit\b/m) !== undefined);
  const imported = new Set(pages.length === 0 ? [] : pages.flatMap((page) => importedBy(page, sources)));
  const groups = new Map<string, Source[]>();
  for (const page of pages) {
    const cwd = parentOf(page.file);
    // The pages of an app are in a folder next to its entry file.
    if (/^(?:pages|views|components|sections|tabs|utils)$/.test(nameOf(cwd)) || imported.has(page) || !draws.test(page.text))
      continue;
    groups.set(cwd, [...(groups.get(cwd) ?? []), page]);
  }
  const own = await project.pace.map([...groups], ([cwd, group]) => proposeStreamlit(project, cwd, { group, sources }));
  return [...own.filter((candidate) => candidate !== undefined), ...(await othersIn(project, sources))];
};

/** A module with helpers draws in functions only; a page of classes has a main block. */
const draws = /^(?:st\.\w+|with[ \t]+st\.|if[ \t]+__name__|main\(\))/m;

interface Pages {
  readonly group: readonly Source[];
  readonly sources: readonly Source[];
}

async function proposeStreamlit(project: Project, folder: string, { group, sources }: Pages): Promise<Candidate | undefined> {
  const likely = (source: Source): number =>
    (entry.test(nameOf(source.file)) ? 0 : 2) + (/set_page_config|st\.navigation/.test(source.text) ? 0 : 1);
  const [source] = [...group].sort((a, b) => likely(a) - likely(b));
  if (source === undefined) return undefined;
  const used = findIn(source, /^import[ \t]+streamlit\b/m);
  const cwd = folder;
  const [config] = await project.sources([join(cwd, '.streamlit/config.toml')]);
  const port = config === undefined ? undefined : findIn(config, /^[ \t]*port\s*=\s*(\d+)/m);
  const number = portOf(port?.groups[0]);
  const evidence = [
    `import streamlit in ${used?.where ?? source.file}`,
    port === undefined ? "port 8501 is Streamlit's default" : `port ${port.groups[0] ?? ''} in ${port.where}`,
  ];
  const args = ['-m', 'streamlit', 'run', nameOf(source.file), '--server.headless', 'true', '--server.port', '${port}'];
  const asked = number === undefined ? { number: 8501, from: 'default' as const } : { number, from: 'written' as const };
  const server = { kind: 'streamlit', cwd, args, port: asked, health: '/_stcore/health', evidence };
  return { ...(await pythonServer(project, server, sources)), role: 'frontend' };
}

interface Page {
  readonly name: string;
  readonly imported: RegExp;
  readonly call: RegExp;
  readonly option?: string;
  readonly port: number;
  readonly variable?: string;
}

const others: readonly Page[] = [
  {
    name: 'Gradio',
    imported: /^import[ \t]+gradio\b|^from[ \t]+gradio\b/m,
    call: /\.launch\s*\(/,
    option: 'server_port',
    port: 7860,
    variable: 'GRADIO_SERVER_PORT',
  },
  { name: 'Dash', imported: /^(?:import|from)[ \t]+dash\b/m, call: /\.run(?:_server)?\s*\(/, port: 8050, variable: 'PORT' },
  { name: 'NiceGUI', imported: /^from[ \t]+nicegui\b/m, call: /\bui\.run\s*\(/, port: 8080 },
];

async function othersIn(project: Project, sources: readonly Source[]): Promise<readonly Candidate[]> {
  const seen = new Set<string>();
  const found = await project.pace.map(sources, async (source): Promise<Candidate | undefined> => {
    const page = others.find(({ imported, call }) => imported.test(source.text) && call.test(source.text));
    const key = `${page?.name ?? ''} ${parentOf(source.file)}`;
    if (page === undefined || seen.has(key) || /\bmount_gradio_app\b/.test(source.text)) return undefined;
    seen.add(key);
    return proposePage(project, source, { page, sources });
  });
  return found.filter((candidate) => candidate !== undefined);
}

interface Found {
  readonly page: Page;
  readonly sources: readonly Source[];
}

async function proposePage(project: Project, source: Source, { page, sources }: Found): Promise<Candidate> {
  const { name, imported, call, option, port, variable } = page;
  const named = option === undefined ? undefined : findIn(source, new RegExp(`\\b${option}[ \\t]*=[ \\t]*(\\d{4,5})`));
  const written = named === undefined ? portInCall(source, call)?.number : portOf(named.groups[0]);
  const evidence = [
    `${name} in ${findIn(source, imported)?.where ?? source.file}`,
    written === undefined ? `port ${port} is ${name}'s default` : `port ${written} in ${named?.where ?? source.file}`,
  ];
  const own: CandidatePort =
    written === undefined ? { number: port, from: 'default', ...defined({ variable }) } : { number: written, from: 'written' };
  const server = { kind: name.toLowerCase(), ...runScript(project, source), port: own, evidence };
  return { ...(await pythonServer(project, server, sources)), role: 'frontend' };
}
