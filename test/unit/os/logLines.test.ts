import assert from 'node:assert/strict';
import { LogLines } from '../../../src/os/compose/follower/logLines';

const at = (second: number): string => `2026-11-26T07:00:0${second}.000000001Z`;

function read(after: string, ...chunks: readonly string[]): { readonly text: string; readonly latest: string } {
  let [text, latest] = ['', after];
  const lines = new LogLines(after, (line, moment) => {
    text += line;
    if (moment > latest) latest = moment;
  });
  for (const chunk of chunks) lines.take(chunk);
  lines.end();
  return { text, latest };
}

describe('os/compose/follower/logLines', () => {
  it('takes the moments off, wherever the output was cut', () => {
    const written = `${at(1)} up\n${at(2)} \n${at(3)}   down\r\n`;
    for (let cut = 0; cut <= written.length; cut += 1)
      assert.deepEqual(read('', written.slice(0, cut), written.slice(cut)), { text: 'up\n\n  down\r\n', latest: at(3) });
  });

  it('leaves out what was written before', () => {
    assert.deepEqual(read(at(1), `${at(1)} up\n${at(2)} down\n`), { text: 'down\n', latest: at(2) });
    assert.deepEqual(read(at(3), `${at(1)} up\n`), { text: '', latest: at(3) });
  });

  it('takes off the moments of Podman, which have no fraction and the zone of its machine', () => {
    const written = '2026-11-26T17:33:00+01:00 up\n2026-11-26T16:33:01Z down\n2026-11-26T16:33:01.5Z \n';
    assert.equal(read('', written).text, 'up\ndown\n\n');
  });

  it('passes on a last line without an end, and what Docker itself writes', () => {
    assert.equal(read('', `${at(1)} Password: `).text, 'Password: ');
    assert.equal(
      read(at(9), 'Error response from daemon: No such container: db\n').text,
      'Error response from daemon: No such container: db\n',
    );
  });
});
