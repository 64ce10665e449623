import { defineConfig } from 'vite';

const backend = `http://localhost:${process.env.BACKEND_PORT ?? 4722}`;

export default defineConfig({
  // Not in node_modules, which may be shared with other copies of this sample.
  cacheDir: '.vite',
  server: { port: 4723, strictPort: true, proxy: { '/api': backend } },
});
