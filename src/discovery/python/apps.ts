/** Finds where Python code creates an app object: at the top of a module, or in a factory. */
import type { Pace } from '../read/pace';
import { findAllIn, oncePerSource } from '../read/source';
import type { Found, Source } from '../read/source';

export interface App {
  readonly source: Source;
  /** `FastAPI`, `Flask`, … */
  readonly framework: string;
  /** The name of the variable or of the factory. */
  readonly name: string;
  readonly made: 'variable' | 'factory';
  readonly where: string;
  /** As written: `app = FastAPI()`. */
  readonly written: string;
}

const factoryCall = /^(\w+)\s*(?::[^=\n]*)?=\s*(?:\w+\.)?((?:create|make|get|build|init)_(?:app|application|server|api))\(/gm;

/** A file that is written by hand creates fewer apps. */
const maxAppsPerFile = 50;

/** Returns all apps of these frameworks, those in variables before those of factories. */
export async function appsIn(pace: Pace, sources: readonly Source[], frameworks: string): Promise<readonly App[]> {
  const all = [frameworks, ...(await subclassesIn(pace, sources, frameworks))].join('|');
  const made = new RegExp(`^([ \\t]*)(?:(\\w+)\\s*(?::[^=\\n]*)?=|return)\\s*(?:\\w+\\.)?(${all})\\(`, 'gm');
  const direct = (await pace.map(sources, (source) => directApps(source, made))).flat();
  const factories = new Map(direct.filter((app) => app.made === 'factory').map((app) => [app.name, app]));
  const called = await pace.map(factories.size === 0 ? [] : sources, (source) =>
    findAllIn(source, factoryCall).flatMap(({ where, groups: [name = '', factory = ''] }): App[] => {
      const producer = factories.get(factory);
      if (producer === undefined) return [];
      return [{ source, framework: producer.framework, name, made: 'variable', where, written: `${name} = ${factory}()` }];
    }),
  );
  const variables = [...direct.filter((app) => app.made === 'variable'), ...called.flat()];
  return [...variables, ...direct.filter((app) => app.made === 'factory')];
}

/** A project that is written by hand has fewer. */
const maxSubclasses = 20;

/** `class OrderedFastAPI(FastAPI)` */
async function subclassesIn(pace: Pace, sources: readonly Source[], frameworks: string): Promise<readonly string[]> {
  const pattern = new RegExp(`^class[ \\t]+(\\w+)\\([^)\\n]{0,200}?\\b(?:${frameworks})\\b`, 'gm');
  const found = await pace.map(sources, (source) => findAllIn(source, pattern).map(({ groups }) => groups[0] ?? ''));
  return [...new Set(found.flat())].slice(0, maxSubclasses);
}

/** Returns each app once: a file may assign it in several branches. */
function directApps(source: Source, made: RegExp): readonly App[] {
  const apps = new Map<string, App>();
  for (const found of findAllIn(source, made)) {
    const app = readApp(source, found);
    const key = `${app?.made ?? ''} ${app?.name ?? ''}`;
    if (app !== undefined && !apps.has(key) && apps.size < maxAppsPerFile) apps.set(key, app);
  }
  return [...apps.values()];
}

function readApp(source: Source, { where, index, groups }: Found): App | undefined {
  const [indent = '', name = '', framework = ''] = groups;
  if (indent === '') {
    // A `return` without indentation is not valid Python.
    return name === '' ? undefined : { source, framework, name, made: 'variable', where, written: `${name} = ${framework}()` };
  }
  const factory = enclosingFactory(source, index);
  if (factory === undefined) return undefined;
  return { source, framework, name: factory, made: 'factory', where, written: `${framework}() made by ${factory}()` };
}

const topLevelLines = oncePerSource(({ text }) => [
  ...text.matchAll(/^(?:(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(([^)]{0,1000})\)|\S)/gm),
]);

/** Returns the top-level function that contains this place and can be called without arguments. */
function enclosingFactory(source: Source, index: number): string | undefined {
  const opening = topLevelLines(source).findLast((line) => line.index < index);
  const name = opening?.[1];
  if (name === undefined || name.startsWith('test_')) return undefined;
  const needed = (opening?.[2] ?? '').split(',').some((parameter) => /^\s*\w/.test(parameter) && !parameter.includes('='));
  return needed ? undefined : name;
}
