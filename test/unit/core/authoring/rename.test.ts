import assert from 'node:assert/strict';
import { applyEdits } from '../../../../src/core/authoring/edit';
import { nameAt, placesOf, renameEdits, renameProblem } from '../../../../src/core/authoring/rename';
import { taskEdits } from '../../../../src/core/authoring/taskReferences';
import { cursorIn, place } from './marked';

const text = `{
  // backend is a word in a comment
  "services": {
    "backend": { "command": "backend", "env": { "backend": "backend" } },
    "größe": { "command": "x", "dependsOn": ["backend", "shop/backend"] },
    "web": { "command": "x", "dependsOn": { "backend": "started", "größe": "healthy" } }
  }
}`;

const renamed = (key: string, name: string) => applyEdits(text, renameEdits(text, key, name, place));

describe('core/authoring/rename', () => {
  const at = (marked: string) => {
    const cursor = cursorIn(marked);
    return nameAt(cursor.text, cursor.offset, place);
  };

  it('finds the name at its key and in dependsOn, and nowhere else', () => {
    assert.equal(at(text.replace('"größe": {', '"grö|ße": {'))?.key, 'größe');
    assert.equal(at(text.replace('["backend"', '["back|end"'))?.key, 'backend');
    assert.deepEqual(
      [at(text.replace('"shop/', '"shop|/'))?.key, at(text.replace('"shop/', '"shop|/'))?.text],
      ['backend', 'shop/backend'],
    );
    assert.equal(at(text.replace('"größe": "healthy"', '"größe|": "healthy"'))?.key, 'größe');
    assert.equal(at(text.replace('"command": "backend"', '"command": "back|end"')), undefined);
    assert.equal(at(text.replace('{ "backend": "backend" }', '{ "back|end": "backend" }')), undefined);
    assert.equal(at(text.replace('// backend', '// back|end')), undefined);
    assert.equal(at(text.replace('"services"', '"serv|ices"')), undefined);
    const unknown = at('{ "services": { "a": { "dependsOn": ["b|"] } } }');
    assert.deepEqual([unknown?.key, unknown?.text], [undefined, 'b']);
  });

  it('returns where a service is defined, and where it is referenced', () => {
    const { definition, references } = placesOf(text, 'backend', place);
    const shown = [definition, ...references].map((range) => range && text.slice(range.offset, range.offset + range.length));
    assert.deepEqual(shown, ['backend', 'backend', 'shop/backend', 'backend']);
  });

  it('changes the name wherever the service is meant', () => {
    assert.equal(
      renamed('backend', 'a"p\\i'),
      text
        .replace('"backend": {', '"a\\"p\\\\i": {')
        .replace('["backend", "shop/backend"]', '["a\\"p\\\\i", "shop/a\\"p\\\\i"]')
        .replace('"backend": "started"', '"a\\"p\\\\i": "started"'),
    );
    assert.equal(renamed('größe', 'size'), text.replaceAll('"größe"', '"size"'));
  });

  it('renames, finds and names the service in addresses as well', () => {
    const addressed = text.replace(
      '"command": "x", "dependsOn": {',
      '"command": "x ${port:backend}/${url:shop/backend}", "dependsOn": {',
    );
    assert.equal(
      applyEdits(addressed, renameEdits(addressed, 'backend', 'a"p', place)),
      renamed('backend', 'a"p').replace(
        '"command": "x", "dependsOn": {',
        '"command": "x ${port:a\\"p}/${url:shop/a\\"p}", "dependsOn": {',
      ),
    );
    assert.deepEqual(
      [at(addressed.replace('${port:backend}', '${port:back|end}'))?.key, at(addressed.replace('url:shop', 'url:sh|op'))?.text],
      ['backend', 'shop/backend'],
    );
    assert.equal(at(addressed.replace('${port:backend}', '${po|rt:backend}')), undefined);
    assert.equal(placesOf(addressed, 'backend', place).references.length, 5);
  });

  it('refuses an invalid name, and the name of another service', () => {
    assert.equal(renameProblem(text, 'web', 'api'), undefined);
    assert.equal(renameProblem(text, 'web', 'web'), undefined);
    assert.match(renameProblem(text, 'web', 'backend') ?? '', /already/);
    assert.match(renameProblem(text, 'web', ' ') ?? '', /needs a name/);
    assert.match(renameProblem(text, 'web', 'a/b') ?? '', /must not contain "\/"/);
    assert.match(renameProblem(text, 'web', '__proto__') ?? '', /reserved/);
    assert.match(renameProblem('{ "services": { "a": {}, "a": {} } }', 'a', 'b') ?? '', /^Duplicate service "a"/);
  });
});

describe('core/authoring/taskReferences', () => {
  const from = { key: 'backend', id: 'shop/backend' };
  const to = { key: 'api', id: 'shop/api' };
  const changed = (other: string) => applyEdits(other, taskEdits(other, from, to));

  it('renames the service in tasks of the type service, and in references to its own task', () => {
    const tasks = `{ "tasks": [ // one
      { "type": "service", "service": "shop/backend", "label": "backend is up" },
      { "type": "service", "service": "backend" },
      { "type": "shell", "service": "shop/backend", "dependsOn": ["service: backend", "backend is up"] },
      { "type": "shell", "dependsOn": "service: backend", "command": "service: backend" }
    ] }`;
    assert.equal(
      changed(tasks),
      tasks
        .replace('"service": "shop/backend", "label"', '"service": "shop/api", "label"')
        .replace('["service: backend"', '["service: api"')
        .replace('"dependsOn": "service: backend"', '"dependsOn": "service: api"'),
    );
    const launch =
      '{ "configurations": [{ "preLaunchTask": "service: backend", "postDebugTask": "backend is up", "type": "chrome" }] }';
    assert.equal(changed(launch), launch.replace('service: backend', 'service: api'));
  });

  it('leaves references to a defined task with that label, and invalid text', () => {
    const own = '{ "tasks": [{ "label": "service: backend" }, { "dependsOn": "service: backend" }] }';
    assert.equal(changed(own), own);
    assert.equal(changed('[{"type": "service", "service": '), '[{"type": "service", "service": ');
    assert.equal(changed(''), '');
  });
});
