/** A folder with 10,000 files, as strings by path. */

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';

/** Forty packages with sources, installed and built files, and one Python server. */
export function monorepo(): Record<string, string> {
  const texts: Record<string, string> = { 'package.json': '{ "name": "root", "private": true }', 'pnpm-lock.yaml': '' };
  for (let index = 0; index < 40; index++) {
    const folder = `packages/p${index}`;
    texts[`${folder}/package.json`] = JSON.stringify({
      name: `p${index}`,
      scripts: { dev: 'vite' },
      devDependencies: { vite: '^6' },
    });
    for (let file = 0; file < 90; file++) texts[`${folder}/src/part${file % 9}/config${file}.ts`] = 'export const url = 1;';
    for (let file = 0; file < 100; file++)
      texts[`${folder}/node_modules/m${file}/package.json`] = '{ "scripts": { "dev": "vite" } }';
    for (let file = 0; file < 30; file++) texts[`${folder}/dist/main${file}.py`] = fastapi;
  }
  for (let file = 0; file < 1300; file++) texts[`lib/part${file % 13}/module${file}.py`] = '"""Nothing."""\n';
  texts['services/api/main.py'] = fastapi;
  return texts;
}
