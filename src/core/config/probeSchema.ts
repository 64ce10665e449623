/** `health` and `checks` of services.json. */
import * as v from 'valibot';
import { t } from '../wording/l10n';
import { about, address, dictionary, duration, object, statusCodes, nonBlankString } from './fields';
import { count, hourMs, port } from './limits';
import { subject } from './subject';

const headersMust = t('{0} must be an object of strings such as { "Authorization": "Bearer …" }.', subject);

const status = () =>
  v.pipe(
    statusCodes(),
    about({
      description: 'The HTTP status code, or codes, of a successful response. Without it, 200 to 399.',
      examples: [200, [200, 204]],
    }),
  );
const json = () =>
  v.pipe(
    v.unknown(),
    about({
      description: 'JSON that the response must contain. Keys that are not listed here are ignored.',
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
            description: "A path on the service's own port, or a full URL, requested with GET.",
            examples: ['/health', '/'],
          }),
        ),
      ),
      tcp: v.exactOptional(v.pipe(port(), about({ description: 'A port that must accept connections.' }))),
      exec: v.exactOptional(
        v.pipe(
          nonBlankString(t('{0} must be a command such as "pg_isready".', subject)),
          about({ description: 'A command that must exit with code 0.', examples: ['pg_isready', 'redis-cli ping'] }),
        ),
      ),
      status: v.exactOptional(status()),
      json: v.exactOptional(json()),
      headers: v.exactOptional(
        v.pipe(
          dictionary(v.string(), v.string(t('{0} must be a string: put it in quotes.', subject)), headersMust),
          about({ description: 'HTTP headers to send with the probe.' }),
        ),
        {},
      ),
      interval: v.exactOptional(
        v.pipe(
          duration({ min: 100, max: hourMs }),
          about({ description: 'Delay between two probes once the service is ready.' }),
        ),
        '5s',
      ),
      timeout: v.exactOptional(
        v.pipe(
          duration({ min: 10, max: hourMs }),
          about({ description: 'How long a probe may take before it counts as failed.' }),
        ),
        '2s',
      ),
      startPeriod: v.exactOptional(
        v.pipe(
          duration({ min: 0, max: 24 * hourMs }),
          about({ description: 'Time to start, during which failed probes do not count.' }),
        ),
        '60s',
      ),
      successThreshold: v.exactOptional(
        v.pipe(count(1), about({ description: 'Successful probes in a row that make the service healthy.' })),
        1,
      ),
      failureThreshold: v.exactOptional(
        v.pipe(count(1), about({ description: 'Failed probes in a row that make the service unhealthy.' })),
        3,
      ),
    },
    t('{0} must be a path such as "/health", or an object with one of "http", "tcp" and "exec".', subject),
  ),
  v.check(
    (health) => [health.http, health.tcp, health.exec].filter((target) => target !== undefined).length === 1,
    t('{0} must have exactly one of "http", "tcp" and "exec".', subject),
  ),
);

export const checkSchema = v.pipe(
  object(
    {
      name: v.exactOptional(
        v.pipe(
          nonBlankString(t('{0} must be a non-empty string.', subject)),
          about({ description: 'The name of the check. Without it, its address.', examples: ['Orders'] }),
        ),
      ),
      http: v.pipe(
        address(),
        about({
          description: "A path on the service's own port, or a full URL, requested with GET.",
          examples: ['/api/orders'],
        }),
      ),
      status: v.exactOptional(status()),
      json: v.exactOptional(json()),
      contains: v.exactOptional(
        v.pipe(v.string(t('{0} must be a string.', subject)), about({ description: 'A string that the response must contain.' })),
      ),
      maxLatency: v.exactOptional(
        v.pipe(
          duration({ min: 1, max: hourMs }),
          about({ description: 'The longest time that the response may take.', examples: ['500ms'] }),
        ),
      ),
    },
    t('{0} must be an object such as { "name": "Orders", "http": "/api/orders" }.', subject),
  ),
  about({ description: 'A request and its expected response.', snippets: 'check' }),
);
