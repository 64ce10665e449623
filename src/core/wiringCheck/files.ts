/** Which files the wiring check reads. */
import { nameOf } from '../workspaceFiles/paths';
import { isComposeFile } from '../workspaceFiles/compose';
import { isProxyFile, isServerFile } from '../workspaceFiles/files';
import { isEnvFile } from '../workspaceFiles/wiring';

/** As one pattern for a watcher; what else it lets through, `concernsWiring` sorts out. */
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

/** In .vscode: they may start servers of which services.json knows nothing. */
export const isStarterFile = (name: string): boolean => name === 'tasks.json' || name === 'launch.json';

/** A change of this file may change the verdict. */
export const concernsWiring = (path: string): boolean =>
  (isWiringFile(nameOf(path)) || /[\\/]\.vscode[\\/](?:tasks|launch)\.json$/.test(path)) &&
  !/[\\/](?:node_modules|site-packages|\.git)[\\/]/.test(path);

/** A folder worth looking into: what has a dot is a file or hidden, and the rest is not written by hand or not the program. */
export const mayHoldWiring = (name: string): boolean =>
  !name.includes('.') &&
  !/^(?:node_modules|bower_components|dist|build|out|coverage|target|venv|env|vendor|__pycache__|site-packages|tmp|temp|logs?|public|static|assets|media|migrations|tests?|__tests__|e2e|examples?|samples?|docs?|fixtures|components)$/.test(
    name,
  );

/** Files that make a folder a project of its own, with servers of its own. */
export const marksProject = (name: string): boolean =>
  /^(?:package\.json|pyproject\.toml|requirements\.txt|manage\.py|go\.mod|Cargo\.toml|composer\.json|pom\.xml|build\.gradle(?:\.kts)?|Gemfile)$/.test(
    name,
  );
