/** Finds values of `stopSignal` that mean nothing on this system. */
import { locateValue } from '../../core/config/locate';
import type { ConfigProblem } from '../../core/config/problem';
import type { ServiceSpec } from '../../core/model/service';
import { span } from '../../core/wording/span';
import { t } from '../../core/wording/l10n';

/** The part of a parsed services.json that is needed here. */
interface ReadFile {
  readonly text: string;
  readonly services: readonly ServiceSpec[];
}

/** SIGINT is what Ctrl+C sends, and with a command or a container no signal is sent. */
export const hasOtherSignal = ({ stopSignal, stopCommand, compose }: ServiceSpec): boolean =>
  stopSignal !== 'SIGINT' && stopCommand === undefined && compose === undefined;

/** The file may be for other systems as well, where the value is right: it is information, and on Windows only. */
export function signalProblems({ text, services }: ReadFile, platform: NodeJS.Platform): readonly ConfigProblem[] {
  if (platform !== 'win32') return [];
  return services.filter(hasOtherSignal).map(({ id, key, stopSignal, stopGracePeriod }) => ({
    severity: 'information',
    code: 'noSignals',
    message: t(
      'Windows has no signals: a stop types Ctrl+C instead of sending {0}, and ends what still runs after {1}.',
      stopSignal,
      span(stopGracePeriod),
    ),
    range: locateValue(text, key, 'stopSignal'),
    service: id,
  }));
}
