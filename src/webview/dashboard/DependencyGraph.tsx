/** What waits for what: services in columns, those that others depend on first. */
import { graphOf } from '../../core/dashboard/graph';
import type { GraphEdge, GraphNode } from '../../core/dashboard/graph';
import type { DashboardService } from '../../core/dashboard/messages';
import { visibleText } from '../../core/logs/invisible';
import { t } from '../../core/wording/l10n';

/** In px. */
const box = { width: 132, height: 24, right: 56, below: 8 };
const maxCharacters = 16;

export function DependencyGraph({ services }: { readonly services: readonly DashboardService[] }) {
  const { nodes, edges } = graphOf(services);
  if (edges.length === 0) return null;
  const places = new Map(nodes.map((node) => [node.id, node]));
  const columns = Math.max(...nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(...nodes.map(({ row }) => row)) + 1;
  const [width, height] = [columns * (box.width + box.right) - box.right + 2, rows * (box.height + box.below) - box.below + 2];
  return (
    <details class="dash-graph" open>
      <summary>{t('Dependencies')}</summary>
      <div>
        <svg
          role="img"
          aria-label={edges.map(edgeText).join(' ')}
          width={width}
          height={height}
          viewBox={`-1 -1 ${width} ${height}`}
        >
          {edges.map((edge) => (
            <Edge key={`${edge.from} ${edge.to}`} edge={edge} places={places} />
          ))}
          {nodes.map((node) => (
            <Node key={node.id} node={node} />
          ))}
        </svg>
      </div>
    </details>
  );
}

const edgeText = ({ from, to, isAwaited }: GraphEdge): string =>
  isAwaited ? t('{0} is waiting for {1}.', from, to) : t('{0} depends on {1}.', from, to);

const leftOf = ({ column }: GraphNode): number => column * (box.width + box.right);
const topOf = ({ row }: GraphNode): number => row * (box.height + box.below);

function Node({ node }: { readonly node: GraphNode }) {
  const name = Array.from(visibleText(node.id));
  return (
    <g class={`dash-node dash-${node.severity}`} transform={`translate(${leftOf(node)} ${topOf(node)})`}>
      <title>{node.id}</title>
      <rect width={box.width} height={box.height} rx="3" />
      <text x="8" y="16">
        {name.length > maxCharacters ? `${name.slice(0, maxCharacters - 1).join('')}…` : name.join('')}
      </text>
    </g>
  );
}

/** From the right of what is needed to the left of what needs it. */
function Edge({ edge, places }: { readonly edge: GraphEdge; readonly places: ReadonlyMap<string, GraphNode> }) {
  const [to, from] = [places.get(edge.from), places.get(edge.to)];
  if (to === undefined || from === undefined) return null;
  const [x1, y1] = [leftOf(from) + box.width, topOf(from) + box.height / 2];
  const [x2, y2] = [leftOf(to), topOf(to) + box.height / 2];
  const bend = box.right / 2;
  return (
    <path
      class={edge.isAwaited ? 'dash-edge dash-awaited' : 'dash-edge'}
      d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}M${x2 - 5} ${y2 - 4}L${x2} ${y2}L${x2 - 5} ${y2 + 4}`}
    />
  );
}
