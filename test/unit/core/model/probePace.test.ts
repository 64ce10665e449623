/** When and how a service is probed next: quickly while its port is closed, politely from its first answer on. */
import assert from 'node:assert/strict';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import { initialHealth, judge, reloading } from '../../../../src/core/model/health';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import { nextProbe, probeLimit } from '../../../../src/core/model/probePace';
import type { ProbeSpec } from '../../../../src/core/model/service';
import { probeSpec } from '../../../support/fakes/specs';

const http = probeSpec({ interval: 5000, startPeriod: 60_000, failureThreshold: 1 });
const tcp: ProbeSpec = { ...http, target: { kind: 'tcp', port: 8000 } };
const exec: ProbeSpec = { ...http, target: { kind: 'exec', command: 'pg_isready' } };
const container: ProbeSpec = { ...http, target: { kind: 'container' } };
const refused = { kind: 'refused', port: 8000 } as const;
const silent = { kind: 'noAnswer', timeout: 2000 } as const;
const late = { kind: 'slow', took: 2200, timeout: 2000 } as const;
const busy = { kind: 'badStatus', status: 503, expected: '200–399' } as const;

const bad = (failure: ProbeFailure, latencyMs = 1, at = 1000): ProbeOutcome => ({ ok: false, at, latencyMs, failure });
const good = (at = 1000): ProbeOutcome => ({ ok: true, at, latencyMs: 1 });
/** Not healthy yet, in its start period. */
const starting = (failure: ProbeFailure, latencyMs?: number): Health =>
  judge(initialHealth(http), bad(failure, latencyMs), http, 'successesOnly');
const unhealthy = (failure: ProbeFailure, latencyMs?: number): Health =>
  judge(initialHealth(http), bad(failure, latencyMs), http, 'all');
const healthy = judge(judge(initialHealth(http), good(), http, 'all'), good(2000), http, 'all');

describe('core/model/probePace', () => {
  describe('the pause', () => {
    it('is 10 ms while the port is closed', () => {
      assert.equal(nextProbe(initialHealth(http), http, 0).delay, 10);
      assert.equal(nextProbe(starting(refused), http, 1000).delay, 10);
    });

    for (const failure of [busy, { kind: 'reset' }, { kind: 'badBody', detail: '' }, { kind: 'notHttp' }] as const) {
      it(`is 400 ms from one probe to the next as soon as something accepts connections (${failure.kind})`, () => {
        assert.equal(nextProbe(starting(failure, 1), http, 0).delay, 399);
        assert.equal(nextProbe(starting(failure, 150), http, 0).delay, 250);
        assert.equal(nextProbe(starting(failure, 395), http, 0).delay, 10);
        assert.equal(nextProbe(starting(failure, 3000), http, 0).delay, 10);
        assert.equal(nextProbe(starting(failure), http, 60_000).delay, 600);
      });
    }

    it('is 400 ms as well after a first success that is not enough', () => {
      const twice = { ...http, successThreshold: 2 };
      assert.equal(nextProbe(judge(initialHealth(twice), good(), twice, 'all'), twice, 0).delay, 399);
    });

    it('follows an answer during a reload as well', () => {
      const during = (failure: ProbeFailure): Health => judge(reloading(healthy, 900), bad(failure), http, 'all');
      assert.equal(nextProbe(during(refused), http, undefined).delay, 10);
      assert.equal(nextProbe(during(busy), http, undefined).delay, 399);
    });

    it('is never longer than the interval, nor than a second while it starts', () => {
      assert.equal(nextProbe(starting(busy), { ...http, interval: 200 }, 0).delay, 200);
      assert.equal(nextProbe(starting(busy), http, 3_600_000).delay, 1000);
    });

    it('is a second between two commands while a service starts, whatever the interval', () => {
      for (const interval of [200, 1000, 5000]) {
        const probe = { ...exec, interval };
        assert.equal(nextProbe(initialHealth(exec), probe, 0).delay, 1000);
        assert.equal(
          nextProbe(starting({ kind: 'execFailed', command: '', exitCode: 1, detail: '' }, 900), probe, 0).delay,
          1000,
        );
      }
    });

    it('is 15 s between two looks at a healthy container, whose engine reports what changes, or longer when that is wanted', () => {
      const up = judge(initialHealth(container), good(), container, 'all');
      assert.equal(nextProbe(up, container, undefined).delay, 14_999);
      assert.equal(nextProbe(up, { ...container, interval: 60_000 }, undefined).delay, 59_999);
      const down = judge(up, bad({ kind: 'container', state: 'exited' }), container, 'all');
      assert.equal(nextProbe(down, container, undefined).delay, 999);
    });

    it('is short before the second look at a TCP port that has just opened', () => {
      const opened = judge(initialHealth(tcp), good(), tcp, 'all');
      assert.equal(nextProbe(opened, tcp, undefined).delay, 250);
      assert.equal(nextProbe(opened, { ...tcp, interval: 100 }, undefined).delay, 100);
      assert.equal(nextProbe(judge(opened, good(1250), tcp, 'all'), tcp, undefined).delay, 4999);
      assert.equal(nextProbe(judge(initialHealth(http), good(), http, 'all'), http, undefined).delay, 4999);
    });
  });

  describe('the manner', () => {
    const manner = (health: Health, probe: ProbeSpec): string => nextProbe(health, probe, undefined).manner ?? 'plain';

    it('lets a request run on after one without an answer, or with a late one, unless it was healthy until then', () => {
      assert.deepEqual(
        [silent, late].map((failure) => manner(unhealthy(failure), http)),
        ['runOn', 'runOn'],
      );
      assert.deepEqual(
        [silent, late].map((failure) => manner(starting(failure), http)),
        ['runOn', 'runOn'],
      );
      const patient = { ...http, failureThreshold: 3 };
      assert.equal(manner(judge(healthy, bad(silent), patient, 'all'), patient), 'plain');
      assert.deepEqual(
        [refused, busy].map((failure) => manner(unhealthy(failure), http)),
        ['plain', 'plain'],
      );
      assert.equal(manner(healthy, http), 'plain');
    });

    it('holds a TCP connection for long, except where a port may open at this moment', () => {
      assert.equal(manner(initialHealth(tcp), tcp), 'plain');
      assert.equal(manner(starting(refused), tcp), 'plain');
      assert.equal(manner(judge(reloading(healthy, 900), bad(refused), tcp, 'all'), tcp), 'plain');
      assert.equal(manner(unhealthy(refused), tcp), 'hold');
      assert.equal(manner(starting({ kind: 'reset' }), tcp), 'hold');
      assert.equal(manner(healthy, tcp), 'hold');
      assert.equal(manner(unhealthy(silent), tcp), 'runOn');
    });

    it('is none for a command, and where nothing is probed', () => {
      assert.equal(manner(unhealthy(silent), exec), 'plain');
      assert.equal(manner({ kind: 'none' }, tcp), 'plain');
    });

    it('gives a request that runs on 5 s, and one with a longer timeout no less', () => {
      assert.deepEqual(
        [
          probeLimit({ ...http, timeout: 2000 }, 'runOn'),
          probeLimit({ ...http, timeout: 9000 }, 'runOn'),
          probeLimit({ ...http, timeout: 2000 }, 'hold'),
          probeLimit({ ...http, timeout: 2000 }, undefined),
        ],
        [5000, 9000, 2000, 2000],
      );
    });
  });
});
