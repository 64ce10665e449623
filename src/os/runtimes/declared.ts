/** Reads which version of Node or Python a project asks for: version files, and the manifests of packages. */
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { parse as parseTomlText } from 'smol-toml';
import type { RuntimeProgram } from '../../core/diagnosis/facts';

export interface DeclaredVersion {
  /** As written: "20", "v20.11.0", ">=20 <23". */
  readonly wanted: string;
  /** A range that `semver` reads. */
  readonly range: string;
  /** Absolute. */
  readonly file: string;
  /** `requirement`: other versions are not supported. `choice`: a version manager picks this one. */
  readonly kind: 'requirement' | 'choice';
}

const maxFileCharacters = 100_000;

/** Returns what the nearest folder with such a file says, from `cwd` up to `top`; a requirement before a choice. */
export async function declaredVersion(program: RuntimeProgram, folders: readonly string[]): Promise<DeclaredVersion | undefined> {
  let chosen: DeclaredVersion | undefined;
  for (const folder of folders) {
    for (const { name, kind, read } of readers[program]) {
      if (kind === 'choice' && chosen !== undefined) continue;
      const file = path.join(folder, name);
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const wanted = text === undefined || text.length > maxFileCharacters ? undefined : read(text)?.trim();
      const range = wanted === undefined ? undefined : rangeOf(wanted);
      if (wanted === undefined || range === undefined) continue;
      if (kind === 'requirement') return { wanted, range, file, kind };
      chosen = { wanted, range, file, kind };
    }
  }
  return chosen;
}

interface Reader {
  readonly name: string;
  readonly kind: DeclaredVersion['kind'];
  readonly read: (text: string) => string | undefined;
}

const firstLine = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .find((line) => line !== '');

/** `nodejs 20.11.0` of asdf and mise. */
const toolVersion =
  (...names: readonly string[]) =>
  (text: string): string | undefined => {
    const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/));
    return lines.find(([name = '']) => names.includes(name))?.[1];
  };

const miseTool =
  (...names: readonly string[]) =>
  (text: string): string | undefined => {
    const tools = at(toml(text), 'tools');
    const value = names.map((name) => at(tools, name)).find((found) => found !== undefined);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return asText(typeof first === 'object' ? at(first, 'version') : first);
  };

const mise = (...names: readonly string[]): readonly Reader[] =>
  ['mise.toml', '.mise.toml', '.config/mise.toml'].map((name) => ({ name, kind: 'choice', read: miseTool(...names) }));

const readers: Readonly<Record<RuntimeProgram, readonly Reader[]>> = {
  node: [
    { name: 'package.json', kind: 'requirement', read: (text) => asText(at(json(text), 'engines', 'node')) },
    { name: '.nvmrc', kind: 'choice', read: firstLine },
    { name: '.node-version', kind: 'choice', read: firstLine },
    { name: '.tool-versions', kind: 'choice', read: toolVersion('nodejs', 'node') },
    ...mise('node', 'nodejs'),
    { name: 'package.json', kind: 'choice', read: (text) => asText(at(json(text), 'volta', 'node')) },
  ],
  python: [
    {
      name: 'pyproject.toml',
      kind: 'requirement',
      read: (text) => {
        const data = toml(text);
        return asText(at(data, 'project', 'requires-python') ?? at(data, 'tool', 'poetry', 'dependencies', 'python'));
      },
    },
    { name: '.python-version', kind: 'choice', read: firstLine },
    { name: '.tool-versions', kind: 'choice', read: toolVersion('python') },
    ...mise('python'),
  ],
};

/** Names of the long-term releases of Node, as nvm accepts them. */
const releases: Readonly<Record<string, string>> = { gallium: '16', hydrogen: '18', iron: '20', jod: '22', krypton: '24' };

/** Returns a range in the words of `semver`; undefined for what moves with time, such as "lts/*" and "system". */
function rangeOf(wanted: string): string | undefined {
  const lts = /^lts[/-](\w+)$/i.exec(wanted)?.[1]?.toLowerCase();
  const plain = lts === undefined ? wanted : releases[lts];
  if (plain === undefined || !/\d/.test(plain) || /[a-z]{4}/i.test(plain)) return undefined;
  return plain
    .replace(/^(?:python|cpython|node)-/, '')
    .replace(/,/g, ' ')
    .replace(/!=\s*[\w.*]+/g, '')
    .replace(/~=\s*(\d+)\.(\d+)(\.\d+)?/g, (_, major: string, minor: string, patch?: string) =>
      patch === undefined ? `>=${major}.${minor} <${Number(major) + 1}` : `~${major}.${minor}${patch}`,
    )
    .replace(/===?\s*/g, '');
}

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

function at(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys)
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined;
  return found;
}

const json = (text: string): unknown => guarded((): unknown => JSON.parse(text.replace(/^\uFEFF/, '')));
const toml = (text: string): unknown => guarded((): unknown => parseTomlText(text));

function guarded(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
