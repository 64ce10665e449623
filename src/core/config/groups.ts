/** The key `groups`: names under which several services are started and stopped together. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about } from './fields';
import { subject } from './subject';

const mustBeGroups = t('{0} must be a list of group names such as ["core"].', subject);

/** "@" marks a group where services are named as well, and "/" separates folder and service. */
const name = v.pipe(
  v.string(mustBeGroups),
  v.regex(
    /^(?!\s)[^@/]*[^@/\s]$/,
    t('{0} is not a valid group name: it must not be empty, contain "@" or "/", or begin or end with a space.', subject),
  ),
);

export const groups = v.exactOptional(
  v.pipe(
    v.array(name, mustBeGroups),
    // A name that is written twice is one group.
    v.transform((names): readonly string[] => [...new Set(names)]),
    about({
      description:
        'Groups that the service belongs to. "Start Group", "Stop Group", "Restart Group" and `svc start @core` act on all services of a group.',
      examples: [['core']],
    }),
  ),
  [],
);
