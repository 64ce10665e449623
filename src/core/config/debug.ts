/** The key `debug`: the launch configuration that Debug starts for a service. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, nonBlankString } from './fields';
import { subject } from './subject';

export const debug = v.exactOptional(
  v.pipe(
    nonBlankString(t('{0} must be the name of a launch configuration such as "Attach to backend".', subject)),
    about({
      description:
        'The launch configuration or compound of this folder that "Debug" starts when the service is ready. Without it, Node and Python are attached to directly.',
      // The extension completes the names in launch.json.
      examples: ['Attach to backend'],
    }),
  ),
);
