/** Names of the files that the wiring check reads. */
import { nameOf } from '../workspaceFiles/paths';
import { isComposeFile } from '../workspaceFiles/compose';
import { isProxyFile, isServerFile } from '../workspaceFiles/files';
import { isEnvFile } from '../workspaceFiles/wiring';

/** One pattern for a watcher. It matches more files, which `concernsWiring` excludes. */
export const wiringGlob =
  '**/{.env,.env.*,package.json,Procfile,Makefile,*.config.*,setupProxy.*,proxy.conf.*,*compose*.yaml,*compose*.yml,main.*,app.*,server.*,index.*,settings.*,asgi.*,wsgi.*,application.*,cors.*,config.*,__init__.py,tasks.json,launch.json}';

export const isWiringFile = (name: string): boolean =>
  isEnvFile(name) ||
  isProxyFile(name) ||
  isServerFile(name) ||
  isComposeFile(name) ||
  name === 'package.json' ||
  name === 'Procfile' ||
  name === 'Makefile';

/** Files in .vscode that may start servers which are not in services.json. */
export const isStarterFile = (name: string): boolean => name === 'tasks.json' || name === 'launch.json';

/** Whether a change of this file may change the result. */
export const concernsWiring = (path: string): boolean =>
  (isWiringFile(nameOf(path)) || /[\\/]\.vscode[\\/](?:tasks|launch)\.json$/.test(path)) &&
  !/[\\/](?:node_modules|site-packages|\.git)[\\/]/.test(path);

/** Whether a folder may contain such files. Names with a dot are files or hidden; the others contain generated files or no program. */
export const mayHoldWiring = (name: string): boolean =>
  !name.includes('.') &&
  !/^(?:node_modules|bower_components|dist|build|out|coverage|target|venv|env|vendor|__pycache__|site-packages|tmp|temp|logs?|public|static|assets|media|migrations|tests?|__tests__|e2e|examples?|samples?|docs?|fixtures|components)$/.test(
    name,
  );

/** Files that make a folder a separate project, with its own servers. */
export const marksProject = (name: string): boolean =>
  /^(?:package\.json|pyproject\.toml|requirements\.txt|manage\.py|go\.mod|Cargo\.toml|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Gemfile)$/.test(
    name,
  );
