/** A workspace with a backend on 8000, a frontend on 5173 and the given files, in which nothing else is listening. */
import assert from 'node:assert/strict';
import { known, unavailable } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { judgeWiring } from '../../../../src/core/wiringCheck/judge';
import type { WiringProblem } from '../../../../src/core/wiringCheck/problem';
import type { WiringService, WiringContext } from '../../../../src/core/wiringCheck/context';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';

export const wiringService = (
  key: string,
  changes: Partial<ServiceSpec> = {},
  more: Partial<WiringService> = {},
): WiringService => {
  const spec = serviceSpec(key, { role: 'backend', cwd: key, command: `serve ${key} --port \${port}`, ...changes });
  return { spec, cwd: spec.cwd === '' ? spec.folder : `${spec.folder}/${spec.cwd}`, isHealthy: false, ...more };
};

export const backend = wiringService('backend');
export const frontend = wiringService('frontend', { role: 'frontend', port: 5173, command: 'npm run dev' });

export interface Shop {
  readonly services?: readonly WiringService[];
  readonly elsewhere?: readonly WiringService[];
  /** Contents by path in the folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Ports on which a process is listening, or `unknown` when no port can be checked. */
  readonly open?: readonly number[] | 'unknown';
}

export const contextOf = ({ services = [backend, frontend], elsewhere = [], files, open = [] }: Shop): WiringContext => ({
  services,
  elsewhere,
  texts: new Map(Object.entries(files).map(([path, text]) => [`/shop/${path}`, text])),
  listens: (port) => (open === 'unknown' ? unavailable('No port can be checked.') : known(open.includes(port))),
});

export const problemsOf = (shop: Shop): readonly WiringProblem[] => judgeWiring(contextOf(shop));

/** Returns `code file: underlined text: message` for every problem. */
export const reported = (shop: Shop): readonly string[] =>
  problemsOf(shop).map(({ code, file, range, message }) => {
    const text = shop.files[file.replace('/shop/', '')] ?? '';
    return `${code} ${file}: ${text.slice(range.offset, range.offset + range.length)}: ${message}`;
  });

export const expectNothing = (shop: Shop): void => assert.deepEqual(reported(shop), []);

/** Returns the content after the fix with this title, or `service: port` when it changes services.json. */
export function fixed(shop: Shop, title: string): string {
  const [problem] = problemsOf(shop);
  const fix = problem?.fixes.find((each) => each.title === title);
  assert.ok(problem && fix, `There is no fix "${title}" among ${JSON.stringify(problem?.fixes.map((each) => each.title))}.`);
  if (fix.kind === 'setPort') return `${fix.service}: ${fix.port}`;
  const text = shop.files[problem.file.replace('/shop/', '')] ?? '';
  return text.slice(0, fix.range.offset) + fix.text + text.slice(fix.range.offset + fix.range.length);
}

export const titles = (shop: Shop): readonly string[] => problemsOf(shop)[0]?.fixes.map(({ title }) => title) ?? [];

/** A database that Compose runs in a container. */
export const database = wiringService('db', {
  role: 'database',
  cwd: '',
  port: 5432,
  command: 'docker compose up db',
  probe: probeSpec({ target: { kind: 'tcp', port: 5432 } }),
});
