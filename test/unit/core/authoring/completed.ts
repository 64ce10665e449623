/** What completion offers at the cursor of a marked text, with the files of a small workspace. */
import assert from 'node:assert/strict';
import type { Completion } from '../../../../src/core/authoring/completion';
import { composeCompletions } from '../../../../src/core/authoring/composeServices';
import { dependencyCompletions } from '../../../../src/core/authoring/dependencies';
import { envFileCompletions, folderCompletions } from '../../../../src/core/authoring/files';
import type { Entry } from '../../../../src/core/authoring/files';
import { groupCompletions } from '../../../../src/core/authoring/groups';
import { launchCompletions } from '../../../../src/core/authoring/launch';
import { newServiceCompletions } from '../../../../src/core/authoring/newService';
import { scriptCompletions } from '../../../../src/core/authoring/scripts';
import { variableCompletions } from '../../../../src/core/authoring/variables';
import { wantedAt } from '../../../../src/core/authoring/wanted';
import type { Wanted } from '../../../../src/core/authoring/wanted';
import { accepted, cursorIn, place } from './marked';

const manifest =
  '{ "scripts": { "dev": "vite", "predev": "tsc", "build": "vite build", "serve it": "vite preview", "prepare": "husky" } }';
const composeFile = [
  'x-common: &common',
  '  restart: always',
  'services:',
  '  db:',
  '    image: postgres # services:',
  '  "web.1":   # the page',
  '    build: { context: . }',
  '  worker: *common',
  '# old:',
  'volumes:',
  '  data:',
].join('\n');
const entries: readonly Entry[] = [
  { name: 'web', kind: 'folder' },
  { name: 'api', kind: 'folder' },
  { name: 'node_modules', kind: 'folder' },
  { name: '.git', kind: 'folder' },
  { name: 'build', kind: 'folder' },
  { name: '.env', kind: 'file' },
  { name: '.env.local', kind: 'file' },
  { name: '.env.example', kind: 'file' },
  { name: '.environment', kind: 'file' },
  { name: 'main.py', kind: 'file' },
];

export function completions(wanted: Wanted, at: { text: string; offset: number }): readonly Completion[] {
  switch (wanted.kind) {
    case 'service':
      return newServiceCompletions(wanted.cursor, new Set(['backend']));
    case 'dependency':
      return dependencyCompletions(wanted, at, place);
    case 'folder':
      return folderCompletions(wanted.cursor, entries);
    case 'envFile':
      return envFileCompletions(wanted.cursor, [entries, [{ name: '.env.shared', kind: 'file' }]], wanted.written);
    case 'composeService':
      return composeCompletions(wanted.cursor, [composeFile, 'services:\n  mail:\n    image: mailpit\n  db:\n    ports: []\n']);
    case 'script':
      return scriptCompletions(wanted.cursor, manifest, 'pnpm');
    case 'group':
      return groupCompletions(wanted, at);
    case 'launch':
      return launchCompletions(wanted.cursor, {
        configurations: [
          { name: 'Attach to a', type: 'node', request: 'attach' },
          { name: 'Debug "all"', type: 'go', request: 'launch' },
        ],
        compounds: [{ name: 'Both', configurations: ['Attach to a', 'Debug "all"'] }],
      });
    case 'variable':
      return variableCompletions(wanted);
  }
}

/** The labels that are offered at the cursor, and the text after accepting the first one. */
export function complete(marked: string) {
  const at = cursorIn(marked);
  const wanted = wantedAt(at.text, at.offset);
  const found = wanted === undefined ? [] : completions(wanted, at);
  for (const { range } of found)
    assert.ok(range.offset <= at.offset && at.offset <= range.offset + range.length, 'the cursor is within');
  return {
    kind: wanted?.kind,
    labels: found.map(({ label }) => label),
    first: found[0] === undefined ? undefined : accepted(at.text, found[0]),
    filters: found.map(({ filter }) => filter),
  };
}

/** Three services: c depends on b, b on a. */
export const three = (ofA: string, ofD = '"command": "x"') =>
  `{ "services": { "a": { ${ofA} }, "b": { "dependsOn": ["a"] }, "c": { "dependsOn": { "b": "started" } }, "d": { ${ofD} } } }`;
