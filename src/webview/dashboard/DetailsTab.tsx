/** Command, environment and processes of one service. */
import type { Details } from '../../core/dashboard/messages';
import { visibleText } from '../../core/logs/invisible';
import { bytes, percent } from '../../core/wording/figures';
import { t } from '../../core/wording/l10n';
import { Headings } from './Headings';

export function DetailsTab({ details, chosen }: { readonly details: Details | undefined; readonly chosen: string | undefined }) {
  if (chosen === undefined) return <p class="dash-empty">{t('Select a service in the list to see its details.')}</p>;
  if (details?.service !== chosen) return <p class="dash-empty">{t('Loading…')}</p>;
  const { facts, environment, processes } = details;
  return (
    <>
      <h2>{visibleText(chosen)}</h2>
      <dl class="dash-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
      <h2>{t('Environment')}</h2>
      {environment.length === 0 ? (
        <p class="dash-empty">{t('No variables of its own.')}</p>
      ) : (
        <ul class="dash-names">
          {environment.map((name) => (
            <li key={name}>{visibleText(name)}</li>
          ))}
        </ul>
      )}
      <h2>{t('Processes')}</h2>
      {processes.length === 0 ? (
        <p class="dash-empty">{t('No process is running.')}</p>
      ) : (
        <table aria-label={t('Processes')} class="dash-table">
          <Headings titles={[t('PID'), t('CPU'), t('Memory'), t('Command')]} />
          <tbody>
            {processes.map(({ pid, command, memory, cpu }) => (
              <tr key={pid}>
                <th scope="row">{pid}</th>
                <td>{cpu === undefined ? '' : percent(cpu)}</td>
                <td>{memory === undefined ? '' : bytes(memory)}</td>
                <td class="dash-command">{visibleText(command)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
