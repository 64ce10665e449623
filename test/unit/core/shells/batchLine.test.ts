import assert from 'node:assert/strict';
import { batchLine, isBatchFile } from '../../../../src/core/shells/batchLine';

describe('a batch file', () => {
  it('is known by its ending', () => {
    assert.deepEqual(['npm.cmd', 'C:\\x\\RUN.BAT', 'node.exe', 'npm', 'cmd'].map(isBatchFile), [true, true, false, false, false]);
  });

  for (const [args, line] of [
    [['run', 'dev', '--', '--port', '5173'], 'run dev -- --port 5173'],
    [['a b'], '^"a b^"'],
    [['a&b', 'c|d'], '^"a^&b^" ^"c^|d^"'],
    [['100%', '%PATH%'], '^"100^%^" ^"^%PATH^%^"'],
    [['a=b,c'], '^"a=b,c^"'],
    [['C:\\a b\\'], '^"C:\\a b\\\\^"'],
    [[''], '^"^"'],
    [['say "hi"'], '^^^"say \\^^^"hi\\^^^"^^^"'],
  ] as const)
    it(`gets ${JSON.stringify(args)} in cmd`, () => {
      assert.equal(batchLine('C:\\Program Files\\nodejs\\npm.cmd', args), `"^"C:\\Program Files\\nodejs\\npm.cmd^" ${line}"`);
    });
});
