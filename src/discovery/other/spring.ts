/** Spring Boot applications, built with Maven or Gradle, by the wrapper when the project has one. */
import { defined } from '../../core/model/defined';
import type { Candidate, Detector, Words } from '../candidate';
import { asksOfAll } from '../read/asks';
import { dataAt, textAt } from '../read/formats';
import { join, nameOf, parentOf, relative } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, portOf } from '../read/source';
import type { Source } from '../read/source';
import { parseYaml } from '../read/yaml';

const web = /(spring-boot-starter-(?:web|webflux|webmvc|data-rest|thymeleaf|graphql))\b/;

export const spring: Detector = async (project) => {
  const builds = await project.sources(project.find(/^(?:pom\.xml|build\.gradle(?:\.kts)?)$/));
  const found = await project.pace.map(builds, (build) => propose(project, build));
  return found.filter((candidate) => candidate !== undefined);
};

async function propose(project: Project, build: Source): Promise<Candidate | undefined> {
  const starter = findIn(build, web);
  const cwd = parentOf(build.file);
  // A parent only manages versions; its modules are the applications.
  if (starter === undefined || /<packaging>\s*pom\s*</.test(build.text)) return undefined;
  const settings = await settingsOf(project, cwd);
  const { place, command } = nameOf(build.file) === 'pom.xml' ? maven(project, cwd) : gradle(project, cwd);
  const written = portOf(settings.get('server.port'));
  const actuator = findIn(build, /spring-boot-starter-actuator/);
  const port = written ?? 8080;
  return {
    name: nameOf(cwd),
    kind: 'spring',
    source: 'code',
    role: 'backend',
    cwd: place,
    command,
    port: { number: port, from: written === undefined ? 'default' : 'written', variable: 'SERVER_PORT' },
    ...defined({ health: actuator && healthOf(settings) }),
    evidence: [
      `${starter.groups[0] ?? 'Spring Boot'} in ${starter.where}`,
      written === undefined ? "port 8080 is Spring Boot's default" : `port ${port} in ${settings.file}`,
      ...(actuator === undefined ? [] : [`Actuator in ${actuator.where}`]),
    ],
    asks: await asksOfAll(project.pace, settings.sources),
  };
}

interface Settings {
  readonly file: string;
  readonly sources: readonly Source[];
  get(key: string): string | undefined;
}

const names = ['application.properties', 'application.yml', 'application.yaml'];

async function settingsOf(project: Project, cwd: string): Promise<Settings> {
  const files = names.map((name) => join(cwd, 'src/main/resources', name)).filter((file) => project.has(file));
  const sources = await project.sources(files);
  const trees = await project.pace.map(sources, async ({ file, text }) =>
    file.endsWith('.properties') ? undefined : await parseYaml(project.pace, text.split(/^---/m)[0] ?? ''),
  );
  const get = (key: string): string | undefined => {
    const path = key.split('.');
    const inYaml = trees
      .map((tree) => textAt(dataAt(tree, ...path.slice(0, -1)), path.at(-1) ?? ''))
      .find((value) => value !== undefined);
    const line = new RegExp(`^${key.replaceAll('.', '\\.')}\\s*[=:]\\s*(\\S+)`, 'm');
    const inProperties = sources.map((source) => (source.file.endsWith('.properties') ? line.exec(source.text)?.[1] : undefined));
    const value = inYaml ?? inProperties.find((found) => found !== undefined);
    // ${PORT:8081} means 8081 while PORT is not set.
    return value === undefined ? undefined : (/^\$\{[^:}]+:([^}]*)\}$/.exec(value)?.[1] ?? value);
  };
  return { file: files[0] ?? cwd, sources, get };
}

function healthOf(settings: Settings): string {
  const base = (settings.get('management.endpoints.web.base-path') ?? '/actuator').replace(/\/$/, '');
  const own = portOf(settings.get('management.server.port'));
  const context =
    own === undefined ? (settings.get('server.servlet.context-path') ?? settings.get('spring.webflux.base-path') ?? '') : '';
  const path = `${context.replace(/\/$/, '')}${base}/health`;
  return own === undefined ? path : `http://localhost:${own}${path}`;
}

interface Build {
  readonly place: string;
  readonly command: Words;
}

function maven(project: Project, cwd: string): Build {
  const wrapper = project.nearest(cwd, [project.system === 'windows' ? 'mvnw.cmd' : 'mvnw']);
  return { place: cwd, command: [wrapper === undefined ? 'mvn' : program(relative(cwd, wrapper)), 'spring-boot:run'] };
}

/** Gradle runs where its settings are; a module is named by its path from there. */
function gradle(project: Project, cwd: string): Build {
  const settings = project.nearest(cwd, ['settings.gradle', 'settings.gradle.kts']);
  const place = settings === undefined ? cwd : parentOf(settings);
  const wrapper = project.nearest(place, [project.system === 'windows' ? 'gradlew.bat' : 'gradlew']);
  const module = relative(place, cwd).replaceAll('/', ':');
  const tool = wrapper === undefined ? 'gradle' : program(relative(place, wrapper));
  return { place, command: [tool, module === '' ? 'bootRun' : `:${module}:bootRun`] };
}

/** A program in this folder must be called with a path: shells other than cmd do not search the current folder. */
const program = (path: string): string => (path.includes('/') ? path : `./${path}`);
