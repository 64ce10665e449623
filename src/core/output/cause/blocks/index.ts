/** All readers; the first one that knows a block reads it. */
import type { BlockReader } from '../entry';
import { esbuild, oxc, placed, rust, webpack } from './compilers';
import { dotnet, goPanic, java, php, ruby, rustPanic, spring } from './native';
import { node } from './node';
import { refusedScript } from './powerShell';
import { python, pythonSyntax } from './python';
import { report, variables } from './reports';
import { gradle, json, npm } from './tools';

export const blockReaders: readonly BlockReader[] = [
  npm,
  refusedScript,
  json,
  python,
  pythonSyntax,
  report,
  variables,
  goPanic,
  rustPanic,
  rust,
  esbuild,
  oxc,
  webpack,
  placed,
  spring,
  java,
  dotnet,
  ruby,
  php,
  gradle,
  node,
];
