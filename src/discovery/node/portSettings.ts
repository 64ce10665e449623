/** Finds the port of a Node server outside its code: in env files, and in JSON files that the code reads. */
import { dataAt, parseJson, textAt } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findAllIn, findInAny, portOf } from '../read/source';
import type { Source } from '../read/source';
import type { NodePort } from './ports';

/** A server that is written by hand reads fewer. */
const maxFiles = 10;

/** `app.listen(config.port)` with `require('../config.json')`, or the files of node-config. */
export async function portInJson(project: Project, folder: string, sources: readonly Source[]): Promise<NodePort | undefined> {
  const imported = sources.flatMap((source) =>
    findAllIn(source, /(?:require\(\s*|from\s+|import\s+|readFileSync\(\s*)['"](\.{1,2}\/[^'"\n]+\.json)['"]/g).map(
      ({ groups: [path = ''] }) => [join(parentOf(source.file), path), join(folder, path)],
    ),
  );
  const usual = findInAny(sources, /\bconfig\.get\(/) === undefined ? [] : ['config/development.json', 'config/default.json'];
  const files = [...imported.flat(), ...usual.map((name) => join(folder, name))].filter((file) => project.has(file));
  const listens = findInAny(
    sources,
    /\.listen\(\s*(?:Number\(|parseInt\()?\w+\.([\w.]+)(?![\w.(])|\bconfig\.get\(\s*['"]([\w.]*[pP]ort)['"]/,
  );
  const path = listens?.groups.find((group) => group !== '')?.split('.') ?? ['port'];
  for (const file of [...new Set(files)].slice(0, maxFiles)) {
    if (nameOf(file) === 'package.json') continue;
    const data = parseJson((await project.text(file)) ?? '');
    const number = portOf(textAt(dataAt(data, ...path.slice(0, -1)), path.at(-1) ?? '')) ?? portOf(textAt(dataAt(data), 'port'));
    if (number !== undefined) return { number, where: file };
  }
  return undefined;
}

/** An example shows what the real file will contain, and is not read itself. */
export const isExample = (where: string): boolean => /\.(?:example|sample|template)(?::\d+)?$/.test(where);
