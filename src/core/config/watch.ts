/** The key `watch`: files whose change restarts the service. */
import * as v from 'valibot';
import type { WatchSpec } from '../model/service';
import { t } from '../wording/l10n';
import { about, duration, nonBlankString, object } from './fields';
import { subject } from './subject';

const minuteMs = 60_000;

const mustBeWatch = t('{0} must be a list of patterns such as ["src/**/*.py"], or an object with "paths".', subject);
const mustBePattern = t('{0} must be a path or a pattern such as "src/**/*.py", relative to the folder of the service.', subject);
const pattern = v.pipe(nonBlankString(mustBePattern), v.regex(/^(?![/\\]|[A-Za-z]:)/, mustBePattern));
const paths = v.pipe(v.array(pattern, mustBeWatch), v.minLength(1, mustBeWatch));

const watchSchema = object(
  {
    paths: v.pipe(paths, about({ description: 'The files and folders to watch.', examples: [['src/**/*.py']] })),
    ignore: v.exactOptional(
      v.pipe(
        v.array(pattern, t('{0} must be a list of patterns such as ["**/*.test.ts"].', subject)),
        about({
          description: 'Patterns of files and folders to leave out; one without "/" applies in every folder.',
          examples: [['*.test.ts']],
        }),
      ),
      [],
    ),
    debounce: v.exactOptional(
      v.pipe(
        duration({ min: 50, max: minuteMs }),
        about({ description: 'How long no file must have changed before the restart.' }),
      ),
      '300ms',
    ),
  },
  mustBeWatch,
);

const defaultDebounceMs = 300;

export const watch = v.exactOptional(
  v.pipe(
    v.union([paths, watchSchema], mustBeWatch),
    v.transform((read): WatchSpec => ('paths' in read ? read : { paths: read, ignore: [], debounce: defaultDebounceMs })),
    about({
      description:
        'Restart the service when one of these files changes, while it runs: paths or patterns with `*`, `**`, `?` and `{a,b}`, relative to its folder. What git ignores does not count.',
      examples: [['src/**/*.py']],
    }),
  ),
);
