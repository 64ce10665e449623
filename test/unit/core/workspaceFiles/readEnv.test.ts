import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'dotenv';
import { readEnv } from '../../../../src/core/workspaceFiles/readEnv';

const read = (text: string, outer: Readonly<Record<string, string>> = {}) => readEnv(text, (name) => outer[name]);

describe('readEnv', () => {
  it('replaces variables of earlier lines and of the system, as Compose, python-dotenv and Vite do', () => {
    const text =
      'A1=x\nA11=${A1}-x\nB="${A1}/${HOME}"\nC=${NONE}\nD=${NONE:-other}\nE=${EMPTY:-full}\nF=${EMPTY-full}\nG=${LATE}\nLATE=1';
    assert.deepEqual(read(text, { HOME: '/home/me', EMPTY: '' }), {
      ...{ A1: 'x', A11: 'x-x', B: 'x//home/me', C: '', D: 'other', E: 'full', F: '', G: '', LATE: '1' },
    });
  });

  it('leaves what is no variable of this form', () => {
    assert.deepEqual(read("A='${B}'\nPASSWORD=pa$word$1\nC=\\${B}\nD=${1}\nE=$(id)\nF=${B", { B: 'x' }), {
      ...{ A: '${B}', PASSWORD: 'pa$word$1', C: '${B}', D: '${1}', E: '$(id)', F: '${B' },
    });
  });

  it('begins a comment only after white space', () => {
    assert.deepEqual(read('A5=a#b\nB=a #b\nC=#b\nD="a #b" # c\nE=a\t# b\n# F=1\nG= # b'), {
      ...{ A5: 'a#b', B: 'a', C: '', D: 'a #b', E: 'a', G: '' },
    });
  });

  it('reads quotes, several lines, exports, line endings of Windows and a byte order mark', () => {
    const text =
      '\uFEFFexport A = " x "\r\nB=\'a\r\nb\'\r\nC="1\\n2"\nD=`"q"`\nF=C:\\new\nnonsense\n=1\nG.H-I=1\nJ="a\\"b"\nE="open';
    assert.deepEqual(read(text), {
      ...{ A: ' x ', B: 'a\nb', C: '1\n2', D: '"q"', E: '"open', F: 'C:\\new', 'G.H-I': '1', J: 'a"b' },
    });
  });

  it('reads any text without a comment sign and a variable as dotenv does, if that is an assignment per line', () => {
    const value = fc.stringMatching(/^[\w ./:@%&?=-]{0,20}$/);
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 6 }), (entries) => {
        const text = entries.map(([key, each]) => `${key}=${each}`).join('\n');
        assert.deepEqual({ ...read(text) }, { ...parse(text) });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void read(`${text}\n"${text}=\${${text}`)));
  });
});
