/** A version of Node or Python that the project does not support. */
import type { Facts, RuntimeFacts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { make } from './caseParts';
import type { Case } from './caseParts';
import { crashedWith, facts } from './sample';

export const oldNode: RuntimeFacts = {
  program: 'node',
  used: '18.19.0',
  wanted: '>=20',
  file: '/shop/package.json',
  fits: false,
};
const installed: RuntimeFacts = {
  ...oldNode,
  right: { version: '22.11.0', folder: '${env:HOME}/.nvm/versions/node/v22.11.0/bin' },
};
const oldPython: RuntimeFacts = {
  program: 'python',
  used: '3.9.2',
  wanted: '>=3.11',
  file: '/shop/pyproject.toml',
  fits: false,
  install: 'pyenv install 3.11.0',
};

export const viteRefuses =
  'You are using Node.js 18.19.0. Vite requires Node.js version 20.19+ or 22.12+. Please upgrade your Node.js version.';
const strEnum = "ImportError: cannot import name 'StrEnum' from 'enum' (/usr/lib/python3.9/enum.py)";

const crash = (line: string, runtime?: RuntimeFacts): Facts =>
  crashedWith([line], runtime === undefined ? {} : { runtime: known(runtime) });

export const runtimeCases: readonly Case[] = [
  make('runtime-version', 'the tool says what it needs, and a version that fits is installed', crash(viteRefuses, installed)),
  make('runtime-version', 'nothing is known but the words of the tool', crash(viteRefuses)),
  make('runtime-version', 'the program uses what the version lacks', crash('ReferenceError: fetch is not defined', installed)),
  make('runtime-version', 'the version does not know the syntax', crash("SyntaxError: Unexpected token '??='", oldNode)),
  make('runtime-version', 'a version manager can install one that fits', crash(strEnum, oldPython)),
  make('runtime-version', 'it runs, but not with the version of the project', facts({ runtime: known(installed) })),
  make(
    'runtime-version',
    'npm refuses to install',
    crash('npm error engine Not compatible with your version of node/npm: shop@1.0.0'),
  ),
];
