/** VS Code tells of output only after a pause in it: services that never pause are heard all the same, where the system lets us look. */
import assert from 'node:assert/strict';
import { cleanUp, configure, unique } from './support/services';

/** A line every 5 ms, of which the hundredth says that it is ready; `quiet` ms after its start it says its first word. */
const talker = (quiet: number): string[] => [
  'node',
  '-e',
  `console.log('Hello'); let line = 0;
   setTimeout(() => setInterval(() => console.log(++line === 100 ? 'Now it is ready' : 'line ' + line), 5), ${quiet});`,
];

describe('a service whose output has no pause', function () {
  before(function () {
    // Elsewhere it is heard at its first pause.
    if (process.platform !== 'linux') this.skip();
  });
  afterEach(cleanUp);

  it('is heard, from its first start and from the next one in the same terminal', async () => {
    const id = unique('talker');
    const api = await configure({ [id]: { command: talker(0), readyLine: 'Now it is ready' } });
    assert.equal((await api.start(id)).lifecycle, 'running');
    assert.equal((await api.restart(id)).lifecycle, 'running');
  });

  it('is heard when it paused before', async () => {
    const id = unique('talker');
    const api = await configure({ [id]: { command: talker(2500), readyLine: 'Now it is ready' } });
    assert.equal((await api.start(id)).lifecycle, 'running');
  });
});
