/** Processor, memory and response time over the last hour, as charts and as a table. */
import { useMemo } from 'preact/hooks';
import type { Series } from '../../core/dashboard/messages';
import { aligned } from '../../core/dashboard/series';
import { visibleText } from '../../core/logs/invisible';
import { bytes, percent } from '../../core/wording/figures';
import { displayLanguage, t } from '../../core/wording/l10n';
import { span } from '../../core/wording/span';
import type { Theme } from '../page/theme';
import { Chart } from './Chart';
import { Headings } from './Headings';

interface Props {
  readonly series: readonly Series[] | undefined;
  /** All services in their order, which decides their colours. */
  readonly order: readonly string[];
  readonly theme: Theme;
}

/** A power of two is a round number of bytes. */
const powersOfTwo = Array.from({ length: 50 }, (_, power) => 2 ** power);

const charts = [
  { column: 'cpu', title: t('CPU, percent of one core'), look: { format: percent, least: 5 } },
  { column: 'memory', title: t('Memory'), look: { format: bytes, least: 2 ** 20, steps: powersOfTwo } },
  { column: 'latency', title: t('Latency of health checks'), look: { format: span, least: 10 } },
] as const;

export function ChartsTab({ series, order, theme }: Props) {
  const shown = useMemo(() => (series ?? []).filter(({ at }) => at.length > 0), [series]);
  const lines = shown.map(({ service }) => ({ name: service, color: theme.serviceColor(Math.max(0, order.indexOf(service))) }));
  if (series === undefined) return <p class="dash-empty">{t('Loading…')}</p>;
  if (shown.length === 0)
    return <p class="dash-empty">{t('No samples in the last hour. One is taken every 15 s while a service runs.')}</p>;
  return (
    <>
      <ul class="dash-legend" aria-label={t('Legend')}>
        {lines.map(({ name, color }) => (
          <li key={name}>
            <span class="dash-swatch" style={{ background: color }} aria-hidden="true" />
            {visibleText(name)}
          </li>
        ))}
      </ul>
      {charts
        .filter(({ column }) => shown.some((each) => each[column].some((value) => value !== null)))
        .map(({ column, title, look }) => (
          <section key={column}>
            <h2>{title}</h2>
            <Chart {...{ title, lines, ...look }} data={aligned(shown, column)} />
          </section>
        ))}
      <Figures series={shown} />
    </>
  );
}

/** One service with its samples, newest first; several with their latest. */
function Figures({ series }: { readonly series: readonly Series[] }) {
  const [first] = series;
  const isOne = series.length === 1;
  const rows = isOne && first !== undefined ? samplesOf(first) : series.flatMap((each) => samplesOf(each).slice(0, 1));
  return (
    <details class="dash-figures">
      <summary>{t('Show as Table')}</summary>
      <table aria-label={t('Samples')}>
        <Headings titles={[isOne ? t('Time') : t('Service'), t('CPU'), t('Memory'), t('Latency')]} />
        <tbody>
          {rows.map(({ service, at, cpu, memory, latency }) => (
            <tr key={`${service} ${at}`}>
              <th scope="row">{isOne ? timeOf(at) : visibleText(service)}</th>
              <td>{cpu === null ? '' : percent(cpu)}</td>
              <td>{memory === null ? '' : bytes(memory)}</td>
              <td>{latency === null ? '' : span(latency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

const samplesOf = ({ service, at, cpu, memory, latency }: Series) =>
  at
    .map((moment, index) => ({
      ...{ service, at: moment, cpu: cpu[index] ?? null },
      ...{ memory: memory[index] ?? null, latency: latency[index] ?? null },
    }))
    .filter((sample) => sample.memory !== null)
    .reverse();

const timeOf = (at: number): string => new Date(at * 1000).toLocaleTimeString(displayLanguage());
