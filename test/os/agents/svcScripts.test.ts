/** The scripts that start svc. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itOn, posix } from '../../support/systems';
import { commandScript, shellScript, writeSvcScripts } from '../../../src/os/agents/svcScripts';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('os/agents: svcScripts', () => {
  let scratch: string;

  beforeEach(async () => {
    scratch = await makeScratch('svc');
  });

  afterEach(() => removeScratch(scratch));

  // Windows allows no such folder.
  itOn(posix, 'run the bundle with the runtime and the storage, whatever their paths hold', () => {
    const folder = join(scratch, 'it\'s $HOME `here` "x"');
    mkdirSync(folder);
    const bundle = join(folder, 'bundle.js');
    writeFileSync(bundle, 'console.log(JSON.stringify(process.argv.slice(2)))');
    const scripts = writeSvcScripts({ runtime: process.execPath, bundle, storage: folder });
    const out = execFileSync(join(scripts, 'svc'), ['start', 'a b', '$HOME'], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(out), [folder, 'start', 'a b', '$HOME']);
  });

  it('are left alone when they are as they should be', () => {
    const program = { runtime: '/node', bundle: '/svc.js', storage: scratch };
    const file = join(writeSvcScripts(program), 'svc');
    const before = statSync(file).ino;
    writeSvcScripts(program);
    assert.equal(statSync(file).ino, before);
    writeSvcScripts({ ...program, bundle: '/newer.js' });
    assert.notEqual(statSync(file).ino, before);
  });

  it('pass all arguments on, in sh and in cmd', () => {
    const program = { runtime: 'C:\\VS Code\\Code.exe', bundle: 'C:\\100%\\svc.js', storage: 'C:\\s' };
    assert.match(commandScript(program), /\r\n"C:\\VS Code\\Code\.exe" "C:\\100%%\\svc\.js" "C:\\s" %\*\r\n$/);
    assert.match(shellScript(program), /exec 'C:\\VS Code\\Code\.exe' .* "\$@"\n$/);
  });
});
