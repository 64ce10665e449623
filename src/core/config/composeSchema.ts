/** `compose` of services.json: the name of a service of a Compose file, or an object with more. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, nonBlankString, object } from './fields';
import { subject } from './subject';

/** The names that Compose allows. One that begins with "-" would be read as an option. */
const serviceName = () => {
  const must = t('{0} must be the name of a service in the Compose file.', subject);
  return v.pipe(v.string(must), v.regex(/^[\w.][\w.-]*$/, must));
};

const strings = (must: string) => v.pipe(v.array(nonBlankString(must), must), v.minLength(1, must));

const mustBeCompose = t(
  '{0} must be the name of a service in the Compose file, or an object such as { "service": "postgres", "files": ["compose.yaml"] }.',
  subject,
);

const composeSchema = object(
  {
    service: v.pipe(
      serviceName(),
      about({ description: 'The name of the service in the Compose file.', examples: ['postgres'] }),
    ),
    files: v.exactOptional(
      v.pipe(
        strings(t('{0} must be a list of paths such as ["compose.yaml"].', subject)),
        about({
          description:
            'The Compose files, relative to `cwd`. Later files override earlier ones. Without them, the file that Compose finds.',
          examples: [['compose.yaml', 'compose.dev.yaml']],
        }),
      ),
    ),
    profiles: v.exactOptional(
      v.pipe(
        strings(t('{0} must be a list of profiles such as ["dev"].', subject)),
        about({ description: 'The profiles of the Compose file to activate.', examples: [['dev']] }),
      ),
    ),
    project: v.exactOptional(
      v.pipe(
        v.string(t('{0} must be the name of a Compose project.', subject)),
        v.regex(
          /^[a-z0-9][a-z0-9_-]*$/,
          t('{0} must begin with a lower-case letter or a digit, and contain only those, "-" and "_".', subject),
        ),
        about({ description: 'The name of the Compose project. Without it, the one that Compose derives from its folder.' }),
      ),
    ),
    build: v.exactOptional(
      v.pipe(v.boolean(t('{0} must be true or false.', subject)), about({ description: 'Build the image before each start.' })),
      false,
    ),
  },
  mustBeCompose,
);

/** Both forms, read into the object. */
export const compose = v.pipe(
  v.union([serviceName(), composeSchema], mustBeCompose),
  v.transform((written) => (typeof written === 'string' ? { service: written } : written)),
);
