import assert from 'node:assert/strict';
import { serverOfScheme, usualServerName } from '../../../../src/core/model/knownServers';

describe('core/model/knownServers', () => {
  it('finds the default port of a scheme or adapter', () => {
    const schemes = [
      'postgres',
      'postgresql',
      'postgis',
      'mysql',
      'mysql2',
      'mongodb',
      'rediss',
      'amqp',
      'amqps',
      'nats',
      'mssql',
      'https',
    ];
    assert.deepEqual(
      schemes.map((scheme) => serverOfScheme(scheme)?.port),
      [5432, 5432, 5432, 3306, 3306, 27_017, 6379, 5672, 5671, 4222, 1433, undefined],
    );
  });

  it('names the server that usually listens on a port', () => {
    assert.deepEqual([5432, 9092, 8000].map(usualServerName), ['PostgreSQL', 'Kafka', undefined]);
  });
});
