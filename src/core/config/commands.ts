/** The key `commands`: one-off commands of a service, by the name under which they are offered. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, dictionary, nonBlankString } from './fields';
import { subject } from './subject';

const mustBeCommands = t('{0} must be an object of commands such as { "Seed data": "python seed.py" }.', subject);

export const commands = v.exactOptional(
  v.pipe(
    dictionary(
      v.pipe(v.string(), v.regex(/\S/, t('{0} must have a name: write one between the quotes.', subject))),
      nonBlankString(t('{0} must be a command such as "python seed.py".', subject)),
      mustBeCommands,
    ),
    about({
      description:
        'One-off commands of the service by name, which "Run Command" and `svc run` run on demand in its folder and with its environment.',
      examples: [{ 'Seed data': 'python seed.py' }],
    }),
  ),
  {},
);
