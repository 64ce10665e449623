/** Which service depends on which, laid out in columns: what others depend on comes first. */
import type { DashboardService } from './messages';

export interface GraphNode {
  readonly id: string;
  readonly column: number;
  readonly row: number;
  readonly severity: DashboardService['severity'];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** `from` waits for `to` now. */
  readonly isAwaited: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Without services that have nothing to do with another. Circles, which cannot start, are laid out as well. */
export function graphOf(services: readonly DashboardService[]): Graph {
  const byId = new Map(services.map((service) => [service.id, service]));
  const edges = services.flatMap(({ id, needs }) =>
    needs.flatMap((need) => (byId.has(need.id) ? [{ from: id, to: need.id, isAwaited: need.isAwaited }] : [])),
  );
  const involved = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const filled = new Map<number, number>();
  const nodes = services
    .filter(({ id }) => involved.has(id))
    .map(({ id, severity }) => {
      const column = depthOf(id, byId, new Set());
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return { id, column, row, severity };
    });
  return { nodes, edges };
}

function depthOf(id: string, byId: ReadonlyMap<string, DashboardService>, above: ReadonlySet<string>): number {
  if (above.has(id)) return 0;
  const needs = byId.get(id)?.needs.filter((need) => byId.has(need.id)) ?? [];
  return Math.max(-1, ...needs.map((need) => depthOf(need.id, byId, new Set([...above, id])))) + 1;
}
