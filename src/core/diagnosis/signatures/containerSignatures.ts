/** Signatures of Docker and Docker Compose, of both versions, and of what follows a container. Seen in their output or source. */
import { sign } from './signatures';
import type { Signature } from './signatures';

export const containerSignatures: readonly Signature[] = [
  sign(
    'portAllocated',
    'Docker',
    /Bind for \S*:(?<port>\d+) failed: port is already allocated/,
    'Error response from daemon: Bind for 0.0.0.0:5432 failed: port is already allocated',
  ),
  sign(
    'portAllocated',
    'Docker',
    /Error starting userland proxy: listen tcp\d? \S*:(?<port>\d+): bind: address already in use/,
    'Error starting userland proxy: listen tcp4 0.0.0.0:5432: bind: address already in use',
  ),
  sign(
    'portAllocated',
    'Podman',
    /(?:cannot listen on the TCP port:|rootlessport) listen tcp\d? \S*:(?<port>\d+): bind: address already in use/,
    'Error response from daemon: cannot listen on the TCP port: listen tcp4 :5432: bind: address already in use',
  ),
  sign(
    'portAllocated',
    'Docker',
    /failed to bind (?:host )?port (?:for )?(?:[\d.]+|\[[\da-f:]*\]):(?<port>\d+)[:/]\S* address already in use/,
    'failed to bind host port for 0.0.0.0:5432:172.17.0.2:5432/tcp: address already in use',
  ),
  sign(
    'portAllocated',
    'Docker Desktop',
    /Ports are not available: exposing port TCP \S*:(?<port>\d+) /,
    'Ports are not available: exposing port TCP 0.0.0.0:5432 -> 0.0.0.0:0: listen tcp 0.0.0.0:5432: bind: address already in use',
  ),
  sign(
    'portPublishedBy',
    'Docker',
    /^Port (?<port>\d+) is published by the container (?<name>[\w.-]+)\.$/,
    'Port 5432 is published by the container other-db-1.',
  ),
  sign(
    'containerOom',
    'Docker',
    /^\S+ exited with code \d+ \(out of memory\)$/,
    'shop-db-1 exited with code 137 (out of memory)',
  ),
  sign(
    'imageMissing',
    'Docker',
    /Error response from daemon: [Nn]o such image: (?<image>\S*[^\s:])(?=:?\s|:?$)/,
    'Error response from daemon: no such image: shop-api:latest: No such image: shop-api:latest',
  ),
  sign(
    'imageMissing',
    'Podman',
    /failed to find image (?<image>\S*[^\s:]): /,
    'Error response from daemon: failed to find image shop-api:latest: docker.io/library/shop-api:latest: No such image',
  ),
  sign(
    'imageMissing',
    'Docker',
    /pull access denied for (?<image>[^\s,]+), repository does not exist/,
    "Error response from daemon: pull access denied for shop-api, repository does not exist or may require 'docker login'",
  ),
  sign(
    'imageMissing',
    'Docker',
    /manifest for (?<image>\S+) not found/,
    'Error response from daemon: manifest for postgres:99 not found: manifest unknown: manifest unknown',
  ),
  sign(
    'registryUnreached',
    'Docker',
    /Get "https?:\/\/(?<registry>[^/"\s]+)\/v\d\/[^"\s]*": (?:dial tcp|net\/http|context deadline|EOF|proxyconnect)/,
    'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
  ),
  sign(
    'composeInvalid',
    'Compose',
    /^(?:parsing [^:]+: )?yaml: line (?<line>\d+): (?<detail>\S.*)$/,
    'yaml: line 4: did not find expected key',
  ),
  sign(
    'composeInvalid',
    'Compose',
    /^validating (?<file>(?:[A-Za-z]:)?[^:]+): (?<detail>\S.*)$/,
    'validating /shop/compose.yaml: services.db Additional property prots is not allowed',
  ),
  sign(
    'composeInvalid',
    'Compose',
    /^(?<detail>(?:service|services\.|network|volume|secret|config)\b[^:]*): invalid compose project$/,
    'service "db" has neither an image nor a build context specified: invalid compose project',
  ),
  sign(
    'composeInvalid',
    'docker-compose',
    /^\s*in "(?<file>[^"]+)", line (?<line>\d+), column \d+/,
    '  in "./compose.yaml", line 4, column 8',
  ),
  sign(
    'composeInvalid',
    'docker-compose',
    /^(?:ERROR: )?The Compose file '(?<file>[^']+)' is invalid because:/,
    "The Compose file './compose.yaml' is invalid because:",
  ),
  sign(
    'composeMissing',
    'Compose',
    /^no configuration file provided: not found|Can't find a suitable configuration file in this directory/,
    'no configuration file provided: not found',
  ),
  sign('composeService', 'Compose', /^(?:ERROR: )?[Nn]o such service: (?<service>[\w.-]+)/, 'no such service: databse'),
];
