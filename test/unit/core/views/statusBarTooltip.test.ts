import assert from 'node:assert/strict';
import fc from 'fast-check';
import { statusBarTooltip, tooltipCommands, tooltipDelay } from '../../../../src/core/views/statusBarTooltip';
import { anyBroken, anyService } from './arbitrary';
import { crash, everyState, failed, healthy, named, running, service } from './samples';

const stopped = named('worker', { kind: 'stopped', cause: { kind: 'command' } });
const queued = everyState['queued'] ?? assert.fail('no such state');

/** The same text as it is shown: without the targets of links and with spaces. */
const shown = (markdown: string): string[] =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/<span style="color:var\(--vscode-[a-zA-Z0-9-]+\);">([^<]*)<\/span>/g, '$1')
    .replace(/\]\(command:[^)]*\)/g, ']')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .split(/\n+/)
    .map((line) => line.trim());

describe('core/views/statusBarTooltip', () => {
  it('has one line per service with its icon, name, cause and icons as links, the sick first, and no heading', () => {
    const broken = [{ id: 'db', key: 'db', folder: '/shop', folderName: 'shop', message: 'No command' }];
    assert.deepEqual(shown(statusBarTooltip([named('web', running(healthy)), stopped, named('api', failed(crash))], broken)), [
      '$(error) [api] SyntaxError: invalid syntax [$(lightbulb)] [$(debug-start)] [$(close)]',
      '$(pass) [web] :8000 [$(globe)] [$(debug-restart)] [$(debug-stop)]',
      '$(circle-large-outline) [worker] Stopped [$(debug-start)]',
      '$(bracket-error) [db] No command',
      '[Start All] · [Stop All] · [Open Configuration]',
    ]);
  });

  it('is parsed by VS Code at most four times a second, and the less often the more services there are', () => {
    assert.deepEqual([0, 1, 10, 20, 100].map(tooltipDelay), [250, 250, 250, 500, 2500]);
  });

  it('has at most 20 services, those that need attention among them, and a link to the others', () => {
    const many = Array.from({ length: 30 }, (_, at) => named(`s${at}`, at === 29 ? failed(crash) : running(healthy)));
    const broken = [{ id: 'db', key: 'db', folder: '/shop', folderName: 'shop', message: 'No command' }];
    const lines = shown(statusBarTooltip(many, broken));
    assert.equal(lines.length, 20 + 1 + 2);
    assert.match(lines[0] ?? '', /\[s29\]/);
    assert.match(lines[20] ?? '', /\[db\] No command/);
    assert.equal(lines[21], '[10 more]');
    assert.ok(tooltipCommands.includes('serviceLifecycle.pick'));
  });

  it('is one paragraph up to eight services, and several of about the same length with more', () => {
    const lengths = (count: number): readonly number[] => {
      const services = Array.from({ length: count }, (_, at) => named(`s${at}`, running(healthy)));
      return statusBarTooltip(services, [])
        .split('\n\n')
        .slice(0, -1)
        .map((paragraph) => paragraph.split('  \n').length);
    };
    assert.deepEqual([1, 8, 9, 16, 20].map(lengths), [[1], [8], [5, 4], [8, 8], [7, 7, 6]]);
    assert.equal(statusBarTooltip([], []), '');
  });

  it('strikes nothing out, also with several icons that spin elsewhere', () => {
    const starting = everyState['starting'] ?? assert.fail('no such state');
    const text = statusBarTooltip([named('api', starting), named('web', starting)], []);
    assert.doesNotMatch(text, /~/);
    assert.equal(text.split('$(loading)').length, 3);
  });

  it('does not change with a response time', () => {
    assert.ok(healthy.kind === 'healthy');
    const slower = { ...healthy, last: { ...healthy.last, latencyMs: 480 } };
    assert.equal(statusBarTooltip([named('web', running(slower))], []), statusBarTooltip([named('web', running(healthy))], []));
  });

  it('has no place in a line where it could break, and a title for each icon', () => {
    const [line = ''] = statusBarTooltip([named('my web', failed(crash))], []).split('\n');
    assert.doesNotMatch(
      line
        .trimEnd()
        .replace(/ "[^"]*"\)/g, ')')
        .replace('<span style', ''),
      / /,
    );
    assert.match(line, /\[\$\(lightbulb\)\]\(command:serviceLifecycle\.diagnose\?%5B%22my%20web%22%5D "Diagnose"\)/);
  });

  it('offers only what is possible for all services', () => {
    assert.match(statusBarTooltip([stopped], []), /\n\n\[Start All\]\([^)]*\)$/);
    assert.match(statusBarTooltip([named('web', running(healthy))], []), /\n\n\[Stop All\]\([^)]*\)$/);
  });

  it('does not repeat the words of a waiting service as its reason', () => {
    assert.match(shown(statusBarTooltip([named('web', queued)], []))[0] ?? '', /\[web\] Waiting for postgres \(starting\) \[/);
  });

  it('shows names and causes literally', () => {
    const broken = [{ id: '<b>', key: '', folder: '', folderName: '', message: '[x](command:y) $(bug)' }];
    assert.doesNotMatch(
      statusBarTooltip([named('<i>', running(healthy))], broken).replaceAll(/<\/?span[^>]*>/g, ''),
      /[<>]|\$\(bug/,
    );
  });

  it('links only to the allowed commands', () => {
    const tooltip = statusBarTooltip(
      Object.values(everyState).map((lifecycle) => service(lifecycle)),
      [],
    );
    const used = [...tooltip.matchAll(/\(command:([\w.]+)/g)].map(([, command = '']) => command);
    assert.deepEqual(
      used.filter((command) => !tooltipCommands.includes(command)),
      [],
    );
  });

  it('has one line for each service in any state', () => {
    fc.assert(
      fc.property(
        fc.array(anyService, { minLength: 1, maxLength: 6 }),
        fc.array(anyBroken, { maxLength: 2 }),
        (services, broken) => {
          const [lines = ''] = statusBarTooltip(services, broken).split('\n\n');
          assert.equal(lines.split('\n').length, services.length + broken.length);
        },
      ),
    );
  });
});
