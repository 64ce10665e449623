/** What a number of idle services costs, as rows. */
import type { Stall } from './inside/gauge';
import type { Idle, ScaleAnswer } from './inside/order';
import { atMost, figure } from './row';
import type { Row } from './row';

/** The first of the answers is the editor without services, from which the others are counted. */
export function scaleRows([idle, ...sizes]: ScaleAnswer): readonly Row[] {
  if (idle === undefined) return [];
  return [...sizes.flatMap((each) => rowsOf(each, idle)), linear(sizes, idle)];
}

function rowsOf(each: Idle, idle: Idle): readonly Row[] {
  const { services, cpu, stall } = each;
  const judged = services === 100;
  const name = `${services} service${services === 1 ? '' : 's'}`;
  const memory = each.rss - idle.rss;
  const rows = [
    {
      what: `${name}: processor`,
      unit: '%',
      value: cpu,
      goal: '<= 3',
      limit: 3,
      note: `without services ${idle.cpu.toFixed(2)} %`,
    },
    {
      what: `${name}: memory above idle`,
      unit: 'MB',
      value: memory,
      goal: '<= 60',
      limit: 60,
      note: `of the heap after a collection ${(each.heap - idle.heap).toFixed(1)} MB`,
    },
    {
      what: `${name}: longest stall by own work`,
      unit: 'ms',
      value: stall.used,
      goal: '<= 50',
      limit: 50,
      note: `${inShort(each.stall)}; without services ${inShort(idle.stall)}; while they started ${inShort(each.stallAtStart)}`,
    },
  ] as const;
  return rows.map(({ what, unit, value, goal, limit, note }) => {
    const row = { what, unit, ours: figure([value]), peers: [], note };
    return judged ? { ...row, goal, met: atMost(value, limit) } : row;
  });
}

const inShort = ({ used, passed }: Stall): string => `${used.toFixed(0)} ms of ${passed.toFixed(0)} ms passed`;

/** Twice as many may cost twice as much: what one more costs does not grow. */
function linear(sizes: readonly Idle[], idle: Idle): Row {
  const perService = sizes.filter(({ services }) => services >= 10).map(({ services, cpu }) => (cpu - idle.cpu) / services);
  const [first = 0] = perService;
  const last = perService.at(-1) ?? 0;
  const growth = figure([last / first]);
  const goal = 'grows linearly: about 1';
  return {
    what: 'processor per service, 100 beside 10',
    unit: 'x',
    ours: growth,
    peers: [],
    goal,
    met: atMost(growth.median, 1.5),
  };
}
