/** What the verdicts about containers say, and what they do not take for one. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { composeFailed } from './containerCases';
import { crashedWith } from './sample';

const first = (lines: readonly string[]): Finding => findingsOf(composeFailed(lines))[0] ?? assert.fail('no finding');
const here = (tool: string): string => `${tool} is not running, and backend needs it.`;
const there = (host: string): string => `Docker on ${host} does not respond, and backend needs it.`;
const actionsOf = ({ actions }: Finding) => actions.map(({ title }) => title);

describe('verdicts about containers', () => {
  it('open the Compose file at the line that is not valid', () => {
    const { title, actions } = first(['yaml: line 4: did not find expected key']);
    assert.equal(title, 'The Compose file is not valid, compose.yaml, line 4: did not find expected key');
    assert.deepEqual(actions[0]?.arguments, ['/shop/compose.yaml', 4, 1]);
  });

  it('find the line of a key that is not allowed, which v2 names without its line', () => {
    const key = first(['validating /shop/compose.yaml: services.db Additional property prots is not allowed']);
    assert.deepEqual(key.actions[0]?.arguments, ['/shop/compose.yaml', 4, 1]);
    const other = first(['validating /shop/compose.yaml: services.db Additional property other is not allowed']);
    assert.deepEqual(other.actions[0]?.arguments, ['/shop/compose.yaml', 1, 1]);
  });

  it('have the reason of docker-compose 1.29, which is on another line', () => {
    const file = "The Compose file './compose.yaml' is invalid because:";
    const reason = "Unsupported config option for services.db: 'prots'";
    assert.equal(first([file, reason]).title, `The Compose file is not valid, compose.yaml: ${reason}`);
    const place = first(['ERROR: while parsing a block mapping', '  in "./compose.yaml", line 4, column 5']);
    assert.equal(place.title, 'The Compose file is not valid, compose.yaml, line 4: while parsing a block mapping');
    assert.deepEqual(place.actions[0]?.arguments, ['/shop/compose.yaml', 4, 1]);
  });

  it('name the container that has the port, and never end it before the user has typed Enter', () => {
    const failed = 'Error response from daemon: Bind for 0.0.0.0:8000 failed: port is already allocated';
    const held = first([failed, 'Port 8000 is published by the container other-db-1.']);
    assert.equal(held.title, 'Port 8000, which backend publishes, is published by the container other-db-1 already.');
    assert.equal(actionsOf(held)[0], 'Run docker stop other-db-1');
    const another = first([failed, 'Port 8001 is published by the container other-db-1.']);
    assert.equal(another.title, 'Port 8000, which backend publishes, is already in use.');
    assert.equal(actionsOf(another)[0], 'Free Port 8000');
  });

  const engines: readonly (readonly [line: string, title: string, action: string])[] = [
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      here('Docker'),
      'docker',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///run/user/1000/docker.sock. Is the docker daemon running?',
      here('Docker'),
      '--user docker',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///home/me/.docker/desktop/docker.sock. Is the docker daemon running?',
      here('Docker'),
      '--user docker-desktop',
    ],
    [
      'failed to connect to the docker API at unix:///run/user/1000/podman/podman.sock; check if the path is correct',
      here('Podman'),
      '--user podman.socket',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///run/podman/podman.sock. Is the docker daemon running?',
      here('Podman'),
      'podman.socket',
    ],
    ['Cannot connect to the Docker daemon at tcp://127.0.0.1:2375. Is the docker daemon running?', there('127.0.0.1'), ''],
    ['failed to connect to the docker API at tcp://10.0.0.5:2376: i/o timeout', there('10.0.0.5'), ''],
    [
      'error during connect: Get "http://docker.example.com/v1.45/info": command [ssh -l me -- build.lan docker system dial-stdio] has exited',
      there('build.lan'),
      '',
    ],
    [
      'error during connect: Get "http://build.lan:2375/v1.45/info": dial tcp: lookup build.lan: no such host',
      there('build.lan'),
      '',
    ],
    [
      "docker.errors.DockerException: Error while fetching server API version: HTTPConnectionPool(host='build.lan', port=2375): Max",
      there('build.lan'),
      '',
    ],
  ];
  for (const [line, title, action] of engines)
    it(`offer to start only the engine that is not reached in "${line.slice(0, 70)}"`, () => {
      const finding = first([line]);
      assert.deepEqual([finding.code, finding.title], ['docker-not-running', title]);
      const [program, unit] = action.startsWith('--user ') ? ['systemctl --user', action.slice(7)] : ['sudo systemctl', action];
      const run = action === '' ? [] : [`Run ${program} start ${unit}`];
      assert.deepEqual(actionsOf(finding), [...run, 'Start', 'Show Terminal']);
    });

  it('read what Podman prints', () => {
    const image = 'Error response from daemon: failed to find image shop-api:1: docker.io/library/shop-api:1: No such image';
    assert.equal(first([image]).code, 'image-missing');
    assert.ok(JSON.stringify(first([image])).includes('shop-api:1'));
    const held = 'Error response from daemon: cannot listen on the TCP port: listen tcp4 :8000: bind: address already in use';
    assert.equal(first([held]).code, 'port-allocated');
  });

  it('concern the Compose file only of services with compose', () => {
    const codes = findingsOf(crashedWith(['yaml: line 4: did not find expected key'])).map(({ code }) => code);
    assert.ok(!codes.includes('compose-invalid'), codes.join(' '));
  });

  it('need the whole words of the program that follows the container', () => {
    const codes = findingsOf(composeFailed(['worker 3 exited with code 137 (out of memory), restarting'])).map(
      ({ code }) => code,
    );
    assert.ok(!codes.includes('container-oom'), codes.join(' '));
  });
});
