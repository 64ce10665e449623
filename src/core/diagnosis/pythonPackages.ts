/** How a missing Python package is installed. */
import { commandOf } from './queries';
import type { Facts, FileFacts } from './facts';
import { joinPath } from '../workspaceFiles/paths';

/** Modules whose package has another name, among those that servers use most. */
const packageNames: Readonly<Record<string, string>> = {
  bs4: 'beautifulsoup4',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  dotenv: 'python-dotenv',
  flask_cors: 'flask-cors',
  jose: 'python-jose',
  jwt: 'PyJWT',
  MySQLdb: 'mysqlclient',
  multipart: 'python-multipart',
  PIL: 'Pillow',
  psycopg2: 'psycopg2-binary',
  pydantic_settings: 'pydantic-settings',
  sklearn: 'scikit-learn',
  yaml: 'PyYAML',
};

export const pythonFiles: readonly string[] = ['requirements.txt', 'pyproject.toml', 'uv.lock', 'poetry.lock', 'Pipfile'];

/** Returns the install command: of the project's own tool when a lock file names one, else pip of the interpreter of the service. */
export function pipInstall(module: string, facts: Facts, files: FileFacts | undefined): string {
  const has = (name: string): boolean => files?.changed.has(joinPath(facts.cwd, name)) === true;
  const name = packageNames[module] ?? module;
  const requirements = files?.texts.get(joinPath(facts.cwd, 'requirements.txt'));
  if (has('uv.lock')) return 'uv sync';
  if (has('poetry.lock')) return 'poetry install';
  if (has('Pipfile')) return 'pipenv install';
  const wanted = requirements?.toLowerCase().includes(name.toLowerCase()) === true;
  return `${interpreterOf(facts)} -m pip install ${wanted ? '-r requirements.txt' : name}`;
}

const interpreterOf = (facts: Facts): string =>
  /(?:^|\s)((?:[^\s"']*[/\\])?(?:python(?:\d(?:\.\d+)?)?|py)(?:\.exe)?)(?=\s|$)/.exec(commandOf(facts))?.[1] ??
  (facts.host.platform === 'windows' ? 'python' : 'python3');
