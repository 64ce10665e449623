/** Agents use services: language-model tools, the command svc and the MCP server, in a real VS Code. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { toolNames } from '../../src/core/agents/toolNames';
import type { ToolName } from '../../src/core/agents/toolNames';
import { describeOn, posix } from '../support/systems';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { cleanUp, configure, folder, makeFile, record, removeFile, snapshotOf, theApi, unique } from './support/services';
import type { ServiceConfig } from './support/services';
import { svc, svcPath } from './support/svc';

type Reply = Readonly<Record<string, unknown>> & { readonly outcome?: string };

async function invoke(name: ToolName, input: object = {}): Promise<Reply> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart, 'the reply is text');
  return JSON.parse(part.value) as Reply;
}

describe('agents', () => {
  let name: string;
  let other: string;
  let configs: Record<string, ServiceConfig>;

  beforeEach(async () => {
    name = unique('web');
    other = unique('crashes');
    configs = {
      [name]: server(await freePort()),
      [other]: { command: `node -e "console.error('Error: no such table: users'); process.exit(3)"`, port: await freePort() },
    };
    await configure(configs);
  });

  afterEach(cleanUp);

  describe('language-model tools', () => {
    it('are listed by VS Code with their arguments', () => {
      const listed = vscode.lm.tools.map((tool) => tool.name);
      for (const tool of toolNames) assert.ok(listed.includes(tool), `${tool} is listed`);
    });

    it('start, list, wait for, check, read, restart and stop a service', async () => {
      const started = await invoke('services_start', { service: name });
      assert.equal(started.outcome, 'started', JSON.stringify(started));
      assert.deepEqual((await snapshotOf(name)).startedBy, { kind: 'agent' });
      assert.equal((await invoke('services_start', { service: name })).outcome, 'alreadyRunning');
      const { services } = (await invoke('services_list', { service: name })) as unknown as { services: readonly Reply[] };
      assert.equal(services[0]?.['health'], 'healthy');
      assert.equal((await invoke('services_wait', { service: name, status: 'healthy' })).outcome, 'reached');
      assert.equal((await invoke('services_check', { service: name }))['ok'], true);
      const { pid } = await snapshotOf(name);
      assert.equal((await invoke('services_restart', { service: name })).outcome, 'restarted');
      assert.notEqual((await snapshotOf(name)).pid, pid);
      const stopped = await invoke('services_stop', { service: name });
      assert.equal(stopped.outcome, 'stopped');
      assert.equal((await invoke('services_stop', { service: name })).outcome, 'alreadyStopped');
      assert.match((await snapshotOf(name)).reason ?? '', /Stopped by an agent/);
      const { events } = (await invoke('services_events', { service: name })) as unknown as { events: readonly Reply[] };
      assert.deepEqual(
        events.map(({ what }) => what),
        ['started', 'ready', 'restarted', 'ready', 'stopped'],
      );
    });

    it('report a crash with its cause, its lines and a diagnosis', async () => {
      const failed = await invoke('services_start', { service: other, timeoutSeconds: 20 });
      assert.equal(failed.outcome, 'failed', JSON.stringify(failed));
      assert.match(JSON.stringify(failed['verdict']), /no such table: users/);
      assert.match(JSON.stringify(failed['lines']), /no such table: users/);
      const { findings } = (await invoke('services_diagnose', { service: other })) as unknown as { findings: readonly Reply[] };
      assert.ok(findings.length > 0);
      const { lines } = (await invoke('services_logs', { service: other, search: '/NO SUCH/i' })) as unknown as {
        lines: readonly { text: string; at: string }[];
      };
      assert.match(lines[0]?.text ?? '', /^Error: no such table: users$/);
    });

    it('name the owner of a taken port, and ask nothing', async () => {
      const config = configs[name];
      assert.ok(config);
      const twin = unique('twin');
      await configure({ ...configs, [twin]: config });
      assert.equal((await invoke('services_start', { service: name })).outcome, 'started');
      const taken = await invoke('services_start', { service: twin });
      assert.equal(taken.outcome, 'portTaken', JSON.stringify(taken));
      assert.equal((taken['owners'] as readonly Reply[])[0]?.['service'], name);
    });

    it('answer unknown names and wrong arguments', async () => {
      const unknown = await invoke('services_start', { service: `${name}x` });
      assert.deepEqual([unknown.outcome, unknown['nearest']], ['unknownService', name]);
      await assert.rejects(invoke('services_start', { service: name, command: 'rm' }));
      await assert.rejects(invoke('services_start', {}));
    });

    it('show no value of an env file', async () => {
      await makeFile('agents.env', 'GREETING=correct-horse-battery\n');
      const command = `node -e "console.log('says ' + process.env.GREETING); setInterval(() => {}, 1e3)"`;
      await configure({ [name]: { command, envFile: 'agents.env' } });
      await invoke('services_start', { service: name });
      const said = await until('its output', async () => {
        const text = JSON.stringify(await invoke('services_logs', { service: name }));
        return text.includes('says') && text;
      });
      await removeFile('agents.env');
      assert.match(said, /says \[removed\]/);
    });
  });

  it('show other extensions output and events through the API', async () => {
    const api = await theApi();
    const seen: string[] = [];
    const subscription = api.onDidLog(({ service, text }) => seen.push(`${service} ${text}`));
    await invoke('services_start', { service: other, timeoutSeconds: 20 });
    subscription.dispose();
    const { lines, cursor } = await api.logs(other, { search: 'no such table' });
    assert.deepEqual(
      lines.map(({ service, text }) => [service, text]),
      [[other, 'Error: no such table: users']],
    );
    assert.ok(seen.includes(`${other} Error: no such table: users`));
    assert.deepEqual((await api.logs(other, { since: cursor })).lines, []);
    await assert.rejects(api.logs('nothing'), /There is no service/);
    const last = api.events().findLast(({ service }) => service === other);
    assert.deepEqual([last?.what, last?.verdict], ['failed', 'crashed']);
    assert.deepEqual(
      api.events({ since: last?.cursor ?? '' }).filter(({ service }) => service === other),
      [],
    );
  });

  // A POSIX shell finds it; test/os has the script for Windows.
  describeOn(posix, 'the command svc', () => {
    it('is on the PATH of a terminal, and lists services for a person and for a program', async () => {
      await invoke('services_start', { service: name });
      const shown = await svc([]);
      assert.deepEqual([shown.code, shown.err], [0, '']);
      assert.match(shown.out, new RegExp(`${name} +Healthy +http://localhost:\\d+/`));
      const { code, out } = await svc(['list', name, '--json']);
      assert.equal(code, 0);
      const [row] = (JSON.parse(out) as { services: readonly Reply[] }).services;
      assert.equal(row?.['health'], 'healthy');
      // On Linux the window of these tests is a remote one, whose server forwards ports; elsewhere it is local.
      const externalUrl = String(row['externalUrl'] ?? row['url']);
      assert.equal(externalUrl !== row['url'], vscode.env.remoteName !== undefined);
      assert.ok(shown.out.includes(externalUrl), shown.out);
      assert.equal((await fetch(externalUrl)).status, (await fetch(String(row['url']))).status);
    });

    it('starts, waits, stops and explains, and exits with codes that say how it went', async () => {
      const started = await svc(['start', name], { env: { CLAUDECODE: '1' } });
      assert.deepEqual([started.code, started.err], [0, ''], started.out);
      assert.deepEqual((await snapshotOf(name)).startedBy, { kind: 'cli', who: 'claude' });
      assert.equal((await svc(['wait', name, '--status', 'healthy'])).code, 0);
      assert.equal((await svc(['wait', name, '--status', 'stopped', '--timeout', '1s'])).code, 4);
      assert.equal((await svc(['check', name])).code, 0);
      assert.equal((await svc(['stop', name])).code, 0);
      const failed = await svc(['start', other]);
      assert.equal(failed.code, 1);
      assert.match(failed.out, /no such table: users/);
      assert.match((await svc(['why', other])).out, /no such table: users/);
      assert.match((await svc(['logs', other, '-n', '5'])).out, /no such table: users/);
      assert.match((await svc(['events', name])).out, /stopped by/);
      const unknown = await svc(['start', `${name}x`]);
      assert.equal(unknown.code, 3);
      assert.match(unknown.out, new RegExp(name));
      assert.equal((await svc(['launch', name])).code, 2);
      assert.equal((await svc(['start'])).code, 2);
    });

    it('finds the window from a folder below, and says so where no window is', async () => {
      await mkdir(join(folder(), 'deep', 'er'), { recursive: true });
      assert.equal((await svc(['list'], { cwd: join(folder(), 'deep', 'er') })).code, 0);
      await removeFile('deep');
      const none = await svc(['list', '--folder', '/usr']);
      assert.equal(none.code, 5);
      assert.match(none.err, /No VS Code window has \/usr open/);
    });

    it('prints what a service writes while it runs, until it is interrupted', async () => {
      const command = `node -e "let n = 0; setInterval(() => console.log('tick ' + n++), 100)"`;
      await configure({ [name]: { command } });
      await invoke('services_start', { service: name });
      const { spawn } = await import('node:child_process');
      const child = spawn(await svcPath(), ['logs', name, '-f'], { cwd: folder(), stdio: ['ignore', 'pipe', 'ignore'] });
      let out = '';
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      await until('two pages of ticks', () => (out.match(/tick/g) ?? []).length > 10);
      child.kill('SIGINT');
      assert.equal(await ended, 0);
      const numbers = [...out.matchAll(/tick (\d+)/g)].map(([, number]) => Number(number));
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => (numbers[0] ?? 0) + index),
        'each line once, in order',
      );
    });

    it('serves 50 programs at the same time with one start', async () => {
      const changes = await record(name);
      const results = await Promise.all(Array.from({ length: 50 }, () => svc(['start', name, '--json'])));
      changes.stop();
      assert.deepEqual([...new Set(results.map(({ code }) => code))], [0]);
      assert.equal(new Set(changes.seen.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))).size, 1);
    }).timeout(60_000);
  });

  describeOn(posix, 'the MCP server', () => {
    it('offers the tools to the official client, with annotations and structured content', async () => {
      const client = new Client({ name: 'a client', version: '1.0.0' });
      const transport = new StdioClientTransport({
        command: await svcPath(),
        args: ['mcp', '--folder', folder()],
        stderr: 'ignore',
      });
      await client.connect(transport);
      try {
        const { tools } = await client.listTools();
        assert.deepEqual(
          tools.map((tool) => tool.name),
          toolNames,
        );
        assert.deepEqual(tools.find((tool) => tool.name === 'services_stop')?.annotations?.destructiveHint, true);
        const started = await client.callTool({ name: 'services_start', arguments: { service: name } });
        assert.equal((started.structuredContent as Reply).outcome, 'started');
        assert.deepEqual((await snapshotOf(name)).startedBy, { kind: 'agent', who: 'a client' });
        const unknown = await client.callTool({ name: 'services_logs', arguments: { service: 'nothing-like-it' } });
        assert.equal((unknown.structuredContent as Reply).outcome, 'unknownService');
        const wrong = await client.callTool({ name: 'services_start', arguments: { service: name, force: true } });
        assert.equal(wrong.isError, true);
      } finally {
        await client.close();
      }
    });
  });
});
