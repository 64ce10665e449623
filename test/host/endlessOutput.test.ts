/** VS Code reports output only after a pause in it. Where the system allows, output without a pause is read as well. */
import assert from 'node:assert/strict';
import { describeOn } from '../support/systems';
import { cleanUp, configure, unique } from './support/services';

/** Prints a line every 5 ms, of which the hundredth is the ready line. Is silent for `quiet` ms after its start. */
const talker = (quiet: number): string[] => [
  'node',
  '-e',
  `console.log('Hello'); let line = 0;
   setTimeout(() => setInterval(() => console.log(++line === 100 ? 'Now it is ready' : 'line ' + line), 5), ${quiet});`,
];

// On other systems, its output is read at the first pause.
describeOn(['linux'], 'a service whose output has no pause', () => {
  afterEach(cleanUp);

  it('is read, from its first start and from the next one in the same terminal', async () => {
    const id = unique('talker');
    const api = await configure({ [id]: { command: talker(0), readyLine: 'Now it is ready' } });
    assert.equal((await api.start(id)).lifecycle, 'running');
    assert.equal((await api.restart(id)).lifecycle, 'running');
  });

  it('is read when it paused before', async () => {
    const id = unique('talker');
    const api = await configure({ [id]: { command: talker(2500), readyLine: 'Now it is ready' } });
    assert.equal((await api.start(id)).lifecycle, 'running');
  });
});
