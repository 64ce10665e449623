/**
 * Signatures of a version of Node or Python that is too old or too new. `runtimeRefused`: the tool names the version that it needs.
 * `runtimeFeature`: what the program uses exists only in some versions; that is a cause only beside a version that does not fit.
 */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const runtimeSignatures: readonly Signature[] = [
  sign(
    'runtimeRefused',
    'Vite',
    /(?:You are using Node\.js (?<used>[\d.]{1,20})\. )?Vite requires Node\.js version (?<wanted>[\d.+<>=|or^~ ]{1,60})/,
    'You are using Node.js 18.19.0. Vite requires Node.js version 20.19+ or 22.12+. Please upgrade your Node.js version.',
  ),
  sign(
    'runtimeRefused',
    'Next',
    /You are using Node\.js (?<used>[\d.]{1,20})\. For Next\.js, Node\.js version "?(?<wanted>[v\d.+<>=|^~ ]{1,60}?)"? is required/,
    'You are using Node.js 16.14.0. For Next.js, Node.js version "^18.18.0 || >= 20.0.0" is required.',
  ),
  sign(
    'runtimeRefused',
    'Angular',
    /The Angular CLI requires a minimum Node\.js version of (?<wanted>v[\d.]{1,20})/,
    'The Angular CLI requires a minimum Node.js version of v20.19.',
  ),
  sign(
    'runtimeRefused',
    'Astro',
    /Node\.js v(?<used>[\d.]{1,20}) is not supported by Astro!/,
    'Node.js v16.20.0 is not supported by Astro!',
  ),
  sign(
    'runtimeRefused',
    'Yarn',
    /The engine "node" is incompatible with this module\. Expected version "(?<wanted>[^"]{1,60})"\. Got "(?<used>[\d.]{1,20})"/,
    'error shop@1.0.0: The engine "node" is incompatible with this module. Expected version ">=20". Got "18.19.0"',
  ),
  sign(
    'runtimeRefused',
    'npm',
    /^npm (?:ERR!|error) engine Not compatible with your version of node\/npm/,
    'npm error engine Not compatible with your version of node/npm: shop@1.0.0',
  ),
  sign(
    'runtimeRefused',
    'pnpm',
    /ERR_PNPM_UNSUPPORTED_ENGINE\b/,
    'ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment (bad pnpm and/or Node.js version)',
  ),
  sign(
    'runtimeRefused',
    'pip',
    /requires a different Python: (?<used>[\d.]{1,20}) not in '(?<wanted>[^']{1,60})'/,
    "ERROR: Package 'shop' requires a different Python: 3.9.2 not in '>=3.11'",
  ),
  sign(
    'runtimeRefused',
    'Poetry',
    /Current Python version \((?<used>[\d.]{1,20})\) is not (?:allowed|supported) by the project \((?<wanted>[^)]{1,60})\)/,
    'Current Python version (3.9.2) is not allowed by the project (^3.11).',
  ),
  sign(
    'runtimeRefused',
    'pyenv',
    /^pyenv: version [`'](?<wanted>[\w.]{1,30})' is not installed/,
    "pyenv: version `3.12.1' is not installed (set by /shop/.python-version)",
  ),
  sign(
    'runtimeRefused',
    'asdf',
    /^No preset version installed for command (?:node|npm|npx|python3?)\b/,
    'No preset version installed for command node',
  ),
  sign(
    'runtimeFeature',
    'Node',
    /\b(?:fetch|structuredClone|crypto|File|WebSocket|CustomEvent|navigator) is not defined$/,
    'ReferenceError: fetch is not defined',
  ),
  sign(
    'runtimeFeature',
    'Node',
    /\b(?:toSorted|toReversed|toSpliced|findLast|findLastIndex|groupBy|withResolvers|hasOwn|replaceAll|at|fromAsync|loadEnvFile|parseEnv|styleText|isSubsetOf|escape) is not a function$/,
    'TypeError: items.toSorted is not a function',
  ),
  sign(
    'runtimeFeature',
    'Node',
    /\b(?:ERR_UNKNOWN_BUILTIN_MODULE|ERR_UNKNOWN_FILE_EXTENSION|ERR_REQUIRE_ESM|ERR_OSSL_EVP_UNSUPPORTED|ERR_IMPORT_ASSERTION_TYPE_MISSING)\b/,
    "code: 'ERR_UNKNOWN_BUILTIN_MODULE'",
  ),
  sign('runtimeFeature', 'Node', /\bnode: bad option: /, 'node: bad option: --env-file=.env'),
  sign(
    'runtimeFeature',
    'Node',
    /The requested module 'node:[\w/]+' does not provide an export named/,
    "SyntaxError: The requested module 'node:util' does not provide an export named 'styleText'",
  ),
  sign(
    'runtimeFeature',
    'Python',
    /cannot import name '\w+' from '(?:typing|enum|collections|collections\.abc|asyncio|datetime|itertools|dataclasses|functools|contextlib|importlib(?:\.\w+)?|inspect)'/,
    "ImportError: cannot import name 'StrEnum' from 'enum' (/usr/lib/python3.9/enum.py)",
  ),
  sign(
    'runtimeFeature',
    'Python',
    /unsupported operand type\(s\) for \|: '(?:type|NoneType|\w*GenericAlias|\w+Meta)' and /,
    "TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'",
  ),
];
