/** Databases and message brokers that services depend on, with their default ports. */

interface KnownServer {
  readonly name: string;
  readonly port: number;
  /** Schemes of URLs, and names of the adapters in Django and Rails. */
  readonly schemes: readonly string[];
}

const knownServers: readonly KnownServer[] = [
  { name: 'PostgreSQL', port: 5432, schemes: ['postgres', 'postgresql', 'postgis'] },
  { name: 'MySQL', port: 3306, schemes: ['mysql', 'mysql2', 'trilogy', 'mariadb'] },
  { name: 'MongoDB', port: 27_017, schemes: ['mongodb'] },
  { name: 'Redis', port: 6379, schemes: ['redis', 'rediss'] },
  { name: 'RabbitMQ', port: 5672, schemes: ['amqp'] },
  { name: 'RabbitMQ', port: 5671, schemes: ['amqps'] },
  { name: 'NATS', port: 4222, schemes: ['nats'] },
  { name: 'SQL Server', port: 1433, schemes: ['mssql'] },
  { name: 'Kafka', port: 9092, schemes: [] },
  { name: 'Elasticsearch', port: 9200, schemes: [] },
  { name: 'Memcached', port: 11_211, schemes: [] },
];

/** Returns the server whose addresses have this scheme, without a driver: `postgresql`, not `postgresql+asyncpg`. */
export const serverOfScheme = (scheme: string): KnownServer | undefined =>
  knownServers.find(({ schemes }) => schemes.includes(scheme));

/** Returns the name of the server that usually listens on this port. */
export const usualServerName = (port: number): string | undefined => knownServers.find((server) => server.port === port)?.name;
