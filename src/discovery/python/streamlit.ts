/** Streamlit apps, which have their own server and health path. */
import type { Candidate, Detector } from '../candidate';
import { join, nameOf, parentOf } from '../read/paths';
import { findIn, portOf } from '../read/source';
import { pythonServer } from './server';
import { pythonSources } from './sources';

/** The names in Streamlit's guide and templates. */
const entry = /^(?:streamlit_app|app|main|home|dashboard|\d*_?Home)\.py$/i;

export const streamlit: Detector = async (project) => {
  const sources = await pythonSources(project);
  const seen = new Set<string>();
  const found: Candidate[] = [];
  for (const source of sources) {
    if (!(await project.pace.goesOn())) break;
    const cwd = parentOf(source.file);
    const used = findIn(source, /^import[ \t]+streamlit\b/m);
    // The pages of an app are in a folder next to its entry file.
    if (used === undefined || seen.has(cwd) || nameOf(cwd) === 'pages' || !entry.test(nameOf(source.file))) continue;
    seen.add(cwd);
    const [config] = await project.sources([join(cwd, '.streamlit/config.toml')]);
    const port = config === undefined ? undefined : findIn(config, /^[ \t]*port\s*=\s*(\d+)/m);
    const number = portOf(port?.groups[0]);
    const evidence = [
      `import streamlit in ${used.where}`,
      port === undefined ? "port 8501 is Streamlit's default" : `port ${port.groups[0] ?? ''} in ${port.where}`,
    ];
    const args = ['-m', 'streamlit', 'run', nameOf(source.file), '--server.headless', 'true', '--server.port', '${port}'];
    const asked = number === undefined ? { number: 8501, from: 'default' as const } : { number, from: 'written' as const };
    const server = { kind: 'streamlit', cwd, args, port: asked, health: '/_stcore/health', evidence };
    found.push({ ...(await pythonServer(project, server, sources)), role: 'frontend' });
  }
  return found;
};
