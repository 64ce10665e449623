/** What the verdicts about containers say, and what they do not take for one. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { composeFailed } from './containerCases';
import { crashedWith } from './sample';

const first = (lines: readonly string[]): Finding => findingsOf(composeFailed(lines))[0] ?? assert.fail('no finding');
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
