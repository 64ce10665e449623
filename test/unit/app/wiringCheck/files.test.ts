import assert from 'node:assert/strict';
import { readWiringFiles } from '../../../../src/app/wiringCheck/files';
import { known, unavailable } from '../../../../src/core/model/process';
import { wiringService } from '../../core/wiringCheck/shop';

/** A fake disk with these files; `listed` receives the folders that were read. */
function diskOf(...paths: readonly string[]) {
  const listed: string[] = [];
  const names = (folder: string): readonly string[] => [
    ...new Set(
      paths.flatMap((path) =>
        path.startsWith(`${folder}/`)
          ? path
              .slice(folder.length + 1)
              .split('/')
              .slice(0, 1)
          : [],
      ),
    ),
  ];
  const files = {
    changedAt: () => Promise.resolve(undefined),
    isExecutable: () => Promise.resolve(undefined),
    realPath: (path: string) => Promise.resolve(path),
    readText: (path: string) => Promise.resolve(paths.includes(path) && !path.includes('huge') ? 'text' : undefined),
    list: (folder: string) => {
      listed.push(folder);
      const found = names(folder);
      return Promise.resolve(found.length > 0 ? known(found) : unavailable('It is no folder.'));
    },
  };
  return { files, listed };
}

const read = async (services: Parameters<typeof readWiringFiles>[1], ...paths: readonly string[]): Promise<readonly string[]> =>
  [...(await readWiringFiles('/shop', services, diskOf(...paths).files)).keys()].sort();

describe('the files of the wiring check', () => {
  it('are those in the folder and up to two levels below its services', async () => {
    const wanted = [
      '/shop/.env',
      '/shop/.vscode/tasks.json',
      '/shop/compose.yaml',
      '/shop/package.json',
      '/shop/backend/main.py',
      '/shop/backend/shop/settings.py',
      '/shop/frontend/src/setupProxy.js',
      '/shop/frontend/vite.config.ts',
    ];
    const others = [
      '/shop/README.md',
      '/shop/.vscode/settings.json',
      '/shop/elsewhere/main.py',
      '/shop/frontend/.env.production',
      '/shop/frontend/node_modules/x/package.json',
      '/shop/frontend/dist/index.js',
      '/shop/backend/.venv/main.py',
      '/shop/backend/a/b/c/main.py',
      '/shop/backend/tests/main.py',
      '/shop/backend/huge/main.py',
    ];
    assert.deepEqual(await read([wiringService('backend'), wiringService('frontend')], ...wanted, ...others), wanted.toSorted());
  });

  it('do not include another project that no service runs', async () => {
    const paths = ['/shop/other/package.json', '/shop/other/vite.config.ts'];
    assert.deepEqual(await read([wiringService('web', { cwd: '' })], ...paths), []);
    assert.deepEqual(await read([wiringService('web', { cwd: '', command: 'npm run dev --prefix other' })], ...paths), paths);
  });

  it('may be outside the workspace folder', async () => {
    const services = [{ ...wiringService('api'), cwd: '/api' }];
    assert.deepEqual(await read(services, '/api/main.py', '/apis/main.py'), ['/api/main.py']);
  });

  it('are at most 120, in at most 150 folders', async () => {
    const paths = Array.from({ length: 400 }, (_, index) => `/shop/backend/f${index}/main.py`);
    const { files, listed } = diskOf(...paths);
    const texts = await readWiringFiles('/shop', [wiringService('backend')], files);
    assert.equal(texts.size, 120);
    assert.ok(listed.length <= 160, `${listed.length} folders`);
  });
});
