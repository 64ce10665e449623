/** What a number of idle services costs, as rows. */
import type { Stall } from './inside/gauge';
import type { Idle, PlainTasksAnswer, ScaleAnswer } from './inside/order';
import { atMost, compared, figure } from './row';
import type { Row } from './row';

/** The first of the answers is the editor without services, from which the others are counted. */
export function scaleRows([idle, ...sizes]: ScaleAnswer, plain: PlainTasksAnswer): readonly Row[] {
  if (idle === undefined) return [];
  return [...sizes.flatMap((each) => rowsOf(each, idle, plain)), linear(sizes, idle)];
}

function rowsOf(each: Idle, idle: Idle, [before, after]: PlainTasksAnswer): readonly Row[] {
  const { services, cpu, stall } = each;
  const judged = services === 100;
  const name = `${services} service${services === 1 ? '' : 's'}`;
  const memory = each.held - idle.held;
  const rows = [
    {
      what: `${name}: processor`,
      unit: '%',
      value: cpu,
      goal: '<= 3',
      limit: 3,
      peer: after.cpu,
      note: `without services ${idle.cpu.toFixed(2)} %`,
    },
    {
      what: `${name}: memory above idle`,
      unit: 'MB',
      value: memory,
      goal: '<= 60',
      limit: 60,
      peer: after.held - before.held,
      note: `resident after a collection; before it ${(each.rss - idle.rss).toFixed(0)} MB; of the heap ${(each.heap - idle.heap).toFixed(0)} MB`,
    },
    {
      what: `${name}: longest stall by own work`,
      unit: 'ms',
      value: stall.used,
      goal: '<= 50',
      limit: 50,
      peer: after.stall.used,
      note: `${inShort(each.stall)}; without services ${inShort(idle.stall)}; while they started ${inShort(each.stallAtStart)}`,
    },
  ] as const;
  return rows.map(({ what, unit, value, goal, limit, note, peer }) => {
    const peers = judged ? [compared('plain tasks', [peer])] : [];
    const row = { what, unit, ours: figure([value]), peers, note };
    return judged ? { ...row, goal, met: atMost(value, limit) } : row;
  });
}

const inShort = ({ used, passed }: Stall): string => `${used.toFixed(0)} ms of ${passed.toFixed(0)} ms passed`;

/** Twice as many may cost twice as much: what one more costs does not grow. */
function linear(sizes: readonly Idle[], idle: Idle): Row {
  const costs = (services: number): number => {
    const size = sizes.find((each) => each.services === services);
    return size === undefined ? Number.NaN : (size.cpu - idle.cpu) / services;
  };
  const growth = costs(100) / costs(50);
  // A cost below what the machine's other work makes of it is none that could grow.
  const ours = figure(costs(50) > 0 ? [growth] : []);
  const met = atMost(ours.median, 1.5);
  return { what: 'processor per service, 100 beside 50', unit: 'x', ours, peers: [], goal: 'grows linearly: about 1', met };
}
