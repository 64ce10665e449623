/** A workspace with a backend on 8000 and a frontend on 5173, whose files are given, and nobody else who listens. */
import assert from 'node:assert/strict';
import { known, unavailable } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { judgeWiring } from '../../../../src/core/wiringCheck/judge';
import type { WiringProblem } from '../../../../src/core/wiringCheck/problem';
import type { Party, Scene } from '../../../../src/core/wiringCheck/scene';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';

export const party = (key: string, changes: Partial<ServiceSpec> = {}, more: Partial<Party> = {}): Party => {
  const spec = serviceSpec(key, { role: 'backend', cwd: key, command: `serve ${key} --port \${port}`, ...changes });
  return { spec, cwd: spec.cwd === '' ? spec.folder : `${spec.folder}/${spec.cwd}`, isHealthy: false, ...more };
};

export const backend = party('backend');
export const frontend = party('frontend', { role: 'frontend', port: 5173, command: 'npm run dev' });

export interface Shop {
  readonly services?: readonly Party[];
  readonly elsewhere?: readonly Party[];
  /** Texts by path below the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Ports on which somebody listens, or `unknown` when nobody could look. */
  readonly open?: readonly number[] | 'unknown';
}

export const sceneOf = ({ services = [backend, frontend], elsewhere = [], files, open = [] }: Shop): Scene => ({
  services,
  elsewhere,
  texts: new Map(Object.entries(files).map(([path, text]) => [`/shop/${path}`, text])),
  listens: (port) => (open === 'unknown' ? unavailable('Nobody could look.') : known(open.includes(port))),
});

export const problemsOf = (shop: Shop): readonly WiringProblem[] => judgeWiring(sceneOf(shop));

/** `code file: underlined text: message` of every problem. */
export const told = (shop: Shop): readonly string[] =>
  problemsOf(shop).map(({ code, file, range, message }) => {
    const text = shop.files[file.replace('/shop/', '')] ?? '';
    return `${code} ${file}: ${text.slice(range.offset, range.offset + range.length)}: ${message}`;
  });

export const silent = (shop: Shop): void => assert.deepEqual(told(shop), []);

/** The text after the fix of this title; the port that it writes into services.json, for such a fix. */
export function fixed(shop: Shop, title: string): string {
  const [problem] = problemsOf(shop);
  const fix = problem?.fixes.find((each) => each.title === title);
  assert.ok(problem && fix, `There is no "${title}" among ${JSON.stringify(problem?.fixes.map((each) => each.title))}.`);
  if (fix.kind === 'setPort') return `${fix.service}: ${fix.port}`;
  const text = shop.files[problem.file.replace('/shop/', '')] ?? '';
  return text.slice(0, fix.range.offset) + fix.text + text.slice(fix.range.offset + fix.range.length);
}

export const titles = (shop: Shop): readonly string[] => problemsOf(shop)[0]?.fixes.map(({ title }) => title) ?? [];

/** A database in a container, by Compose. */
export const database = party('db', {
  role: 'database',
  cwd: '',
  port: 5432,
  command: 'docker compose up db',
  probe: probeSpec({ target: { kind: 'tcp', port: 5432 } }),
});
