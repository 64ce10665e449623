/** Finds where Python code creates an app object: at the top of a module, or in a factory. */
import { findAllIn } from '../read/source';
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

/** Returns all apps of these frameworks, those in variables before those of factories. */
export function appsIn(sources: readonly Source[], frameworks: string): readonly App[] {
  const made = new RegExp(`^([ \\t]*)(?:(\\w+)\\s*(?::[^=\\n]*)?=|return)\\s*(?:\\w+\\.)?(${frameworks})\\(`, 'gm');
  const direct = sources.flatMap((source) =>
    findAllIn(source, made).flatMap((found) => {
      const app = readApp(source, found);
      return app === undefined ? [] : [app];
    }),
  );
  const factories = new Map(direct.filter((app) => app.made === 'factory').map((app) => [app.name, app]));
  const called = sources.flatMap((source) =>
    findAllIn(source, factoryCall).flatMap(({ where, groups: [name = '', factory = ''] }): App[] => {
      const producer = factories.get(factory);
      if (producer === undefined) return [];
      return [{ source, framework: producer.framework, name, made: 'variable', where, written: `${name} = ${factory}()` }];
    }),
  );
  const variables = [...direct.filter((app) => app.made === 'variable'), ...called];
  return [...variables, ...direct.filter((app) => app.made === 'factory')];
}

function readApp(source: Source, { where, index, groups }: Found): App | undefined {
  const [indent = '', name = '', framework = ''] = groups;
  if (indent === '') {
    // A `return` without indentation is not valid Python.
    return name === '' ? undefined : { source, framework, name, made: 'variable', where, written: `${name} = ${framework}()` };
  }
  const factory = enclosingFactory(source.text.slice(0, index), indent.length);
  if (factory === undefined) return undefined;
  return { source, framework, name: factory, made: 'factory', where, written: `${framework}() made by ${factory}()` };
}

/** Returns the top-level function that contains this place and can be called without arguments. */
function enclosingFactory(before: string, indent: number): string | undefined {
  const opening = [...before.matchAll(/^(?:(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(([^)]*)\)|\S)/gm)].at(-1);
  const name = opening?.[1];
  if (name === undefined || indent === 0 || name.startsWith('test_')) return undefined;
  const needed = (opening?.[2] ?? '').split(',').some((parameter) => /^\s*\w/.test(parameter) && !parameter.includes('='));
  return needed ? undefined : name;
}
