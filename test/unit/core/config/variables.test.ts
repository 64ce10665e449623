import assert from 'node:assert/strict';
import { substitute } from '../../../../src/core/config/variables';

const values = new Map([
  ['port', '8000'],
  ['env:HOME', '/home/me'],
  ['env:EMPTY', ''],
]);
const lookUp = (name: string, argument: string | undefined): string | undefined =>
  values.get(argument === undefined ? name : `${name}:${argument}`);

describe('core/config/variables', () => {
  it('replaces every variable by its value, even an empty one', () => {
    const result = substitute('run --port ${port} ${env:HOME}/x ${port}[${env:EMPTY}]', lookUp, 'refuse');
    assert.deepEqual(result, { ok: true, text: 'run --port 8000 /home/me/x 8000[]' });
  });

  it('leaves unknown variables to the shell, or names the first one', () => {
    const text = 'echo ${env:NONE} ${PATH} $HOME ${1}';
    assert.deepEqual(substitute(text, lookUp, 'leave'), { ok: true, text });
    assert.deepEqual(substitute(text, lookUp, 'refuse'), { ok: false, variable: '${env:NONE}' });
  });

  it('does not replace variables within values, and treats $ in values literally', () => {
    assert.deepEqual(
      substitute('${a}', () => '${port}$&', 'refuse'),
      { ok: true, text: '${port}$&' },
    );
  });
});
