/** Finds values of `debug` that name no launch configuration of their folder. */
import { locateValue } from '../../core/config/locate';
import type { ConfigProblem } from '../../core/config/problem';
import { suggest } from '../../core/config/suggest';
import type { LaunchTargets } from '../../core/debug/launchEntries';
import { namesOf } from '../../core/debug/launchEntries';
import { defined } from '../../core/model/defined';
import type { ServiceSpec } from '../../core/model/service';
import { t } from '../../core/wording/l10n';

/** The part of a parsed services.json that is needed here. */
interface ReadFile {
  readonly text: string;
  readonly services: readonly ServiceSpec[];
}

/** `targets`: those of the folder. */
export function debugProblems({ text, services }: ReadFile, targets: LaunchTargets): readonly ConfigProblem[] {
  const names = namesOf(targets);
  return services.flatMap(({ id, key, debug }) => {
    if (debug === undefined || names.includes(debug)) return [];
    const suggestion = suggest(debug, names);
    const message =
      suggestion === undefined
        ? t('No launch configuration is named "{0}": add it to launch.json.', debug)
        : t('No launch configuration is named "{0}": did you mean "{1}"?', debug, suggestion);
    const range = locateValue(text, key, 'debug');
    return [
      { severity: 'warning', code: 'unknownLaunchConfiguration', message, range, service: id, ...defined({ suggestion }) },
    ] as const;
  });
}
