/** What Docker Compose, of both versions, and what follows a container print when there is no container that runs. */
import { known } from '../../../../src/core/model/process';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { make, port } from './caseParts';
import type { Case } from './caseParts';
import { crashedWith, facts, listener, owner, withFiles } from './sample';

const composeFile = 'services:\n  db:\n    image: postgres:16\n    prots:\n      - "8000:8000"\n';
const files = withFiles({ '/shop/compose.yaml': composeFile });
const compose = { service: 'db', files: [], profiles: [], build: false };
const spec = { compose, command: ['docker', 'compose', 'up', '-d', 'db'], port: 8000 };

/** What a start printed that failed. */
export const composeFailed = (lines: readonly string[], changes: Partial<Facts> = {}): Facts =>
  crashedWith(['> docker compose up -d db', ...lines], { ...files, ...changes }, spec);

/** The same service when its container runs. */
const runs = (lines: readonly string[]): Facts => facts({ ...files, output: known(lines) }, spec);

type Row = readonly [code: Case['code'], about: string, lines: readonly string[]];

const rows: readonly Row[] = [
  [
    'compose-invalid',
    'a key that is none',
    ['validating /shop/compose.yaml: services.db Additional property prots is not allowed'],
  ],
  ['compose-invalid', 'no YAML', ['yaml: line 4: did not find expected key']],
  [
    'compose-invalid',
    'neither image nor build',
    ['service "db" has neither an image nor a build context specified: invalid compose project'],
  ],
  [
    'compose-invalid',
    'a key that is none, to docker-compose 1.29',
    [
      "The Compose file './compose.yaml' is invalid because:",
      "Unsupported config option for services.db: 'prots' (did you mean 'ports'?)",
    ],
  ],
  [
    'compose-invalid',
    'no YAML to docker-compose 1.29',
    ['ERROR: yaml.parser.ParserError: while parsing a block mapping', '  in "./compose.yaml", line 4, column 5'],
  ],
  ['compose-invalid', 'no file', ['no configuration file provided: not found']],
  ['compose-invalid', 'no such service', ['no such service: db']],
  [
    'image-missing',
    'never built',
    ['Error response from daemon: no such image: shop-api:latest: No such image: shop-api:latest'],
  ],
  [
    'image-missing',
    'in no registry',
    ["Error response from daemon: pull access denied for shop-api, repository does not exist or may require 'docker login'"],
  ],
  ['image-missing', 'no such tag', ['Error response from daemon: manifest for postgres:99 not found: manifest unknown']],
  [
    'image-missing',
    'without a connection',
    ['Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'],
  ],
  [
    'port-allocated',
    'a container has it',
    [
      'Error response from daemon: Bind for 0.0.0.0:8000 failed: port is already allocated',
      'Port 8000 is published by the container other-db-1.',
    ],
  ],
  [
    'port-allocated',
    'nobody is seen with it',
    ['Error response from daemon: Error starting userland proxy: listen tcp4 0.0.0.0:8000: bind: address already in use'],
  ],
  ['container-oom', 'at its limit', ['shop-db-1 exited with code 137 (out of memory)']],
];

const taken = 'Error starting userland proxy: listen tcp4 0.0.0.0:8000: bind: address already in use';

export const containerCases: readonly Case[] = [
  ...rows.map(([code, about, lines]) => make(code, about, composeFailed(lines), runs(lines))),
  make(
    'port-allocated',
    'a process has it',
    composeFailed([taken], port([listener({ port: 8000, pids: [99] })], [owner(99)])),
    runs([taken]),
  ),
];
