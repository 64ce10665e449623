/** `health` and `checks` of services.json. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, address, dictionary, duration, object, statusCodes, text } from './fields';
import { count, hour, port } from './limits';
import { checkSnippets } from './snippets';

const headersMust = t('must be an object of texts such as { "Authorization": "Bearer …" }');

const status = () =>
  v.pipe(
    statusCodes(),
    about({
      description: 'The HTTP status code, or codes, of a good reply. Without it 200 to 399 are good.',
      examples: [200, [200, 204]],
    }),
  );
const json = () =>
  v.pipe(
    v.unknown(),
    about({
      description: 'JSON that the reply must contain: keys that are not named here do not matter.',
      examples: [{ status: 'healthy' }],
    }),
  );

export const healthSchema = v.pipe(
  object(
    {
      http: v.exactOptional(
        v.pipe(
          address(),
          about({
            description: "A path on the service's own port, or a whole URL, that is asked with GET.",
            examples: ['/health', '/'],
          }),
        ),
      ),
      tcp: v.exactOptional(v.pipe(port(), about({ description: 'A port that must accept connections.' }))),
      exec: v.exactOptional(
        v.pipe(
          text(t('must be a command such as "pg_isready"')),
          about({ description: 'A command that must end with exit code 0.', examples: ['pg_isready', 'redis-cli ping'] }),
        ),
      ),
      status: v.exactOptional(status()),
      json: v.exactOptional(json()),
      headers: v.exactOptional(
        v.pipe(
          dictionary(v.string(), v.string(t('must be a text in quotes')), headersMust),
          about({ description: 'HTTP headers to send with the probe.' }),
        ),
        {},
      ),
      interval: v.exactOptional(
        v.pipe(duration({ min: 100, max: hour }), about({ description: 'Pause between two probes once the service is ready.' })),
        '5s',
      ),
      timeout: v.exactOptional(
        v.pipe(
          duration({ min: 10, max: hour }),
          about({ description: 'How long one probe may take before it counts as failed.' }),
        ),
        '2s',
      ),
      startPeriod: v.exactOptional(
        v.pipe(
          duration({ min: 0, max: 24 * hour }),
          about({ description: 'Time to start, in which failed probes do not count.' }),
        ),
        '60s',
      ),
      successThreshold: v.exactOptional(
        v.pipe(count(1), about({ description: 'Good probes in a row that make it healthy.' })),
        1,
      ),
      failureThreshold: v.exactOptional(
        v.pipe(count(1), about({ description: 'Failed probes in a row that make it unhealthy.' })),
        3,
      ),
    },
    t('must be a path such as "/health" or an object with one of "http", "tcp" and "exec"'),
  ),
  v.check(
    (health) => [health.http, health.tcp, health.exec].filter((target) => target !== undefined).length === 1,
    t('must have exactly one of "http", "tcp" and "exec"'),
  ),
);

export const checkSchema = v.pipe(
  object(
    {
      name: v.exactOptional(
        v.pipe(
          text(t('must be a text that is not empty')),
          about({ description: 'What the check is called. Without it, its address.', examples: ['Orders'] }),
        ),
      ),
      http: v.pipe(
        address(),
        about({
          description: "A path on the service's own port, or a whole URL, that is asked with GET.",
          examples: ['/api/orders'],
        }),
      ),
      status: v.exactOptional(status()),
      json: v.exactOptional(json()),
      contains: v.exactOptional(
        v.pipe(v.string(t('must be a text')), about({ description: 'Text that the reply must contain.' })),
      ),
      maxLatency: v.exactOptional(
        v.pipe(
          duration({ min: 1, max: hour }),
          about({ description: 'The longest time the reply may take.', examples: ['500ms'] }),
        ),
      ),
    },
    t('must be an object such as { "name": "Orders", "http": "/api/orders" }'),
  ),
  about({ description: 'A request, and what its reply must be.', defaultSnippets: checkSnippets }),
);
