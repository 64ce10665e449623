/** Tells the role of a service from its name, its command and its image. */
import type { Role } from '../candidate';

const byName: readonly (readonly [RegExp, Role])[] = [
  [
    /worker|sidekiq|celery|queue|\bjobs?\b|sched|(?:^|[-_])beat|cron|watch|css|tailwind|\bjs\b|assets|tsc|mail|consumer|indexer|listener$/i,
    'worker',
  ],
  [
    /front|client|(?:^|[-_])site|\bui\b|vite|webpack|next|web-?app|dashboard|portal|console|(?:^|[-_])(?:ui|spa)(?:[-_]|$)/i,
    'frontend',
  ],
  [/^(?:db|database|firestore|postgres|pg|mysql|maria|redis|mongo|elastic)/i, 'database'],
  [/web|api|server|backend|rails|django|app|service|gateway/i, 'backend'],
];

/** Returns the role that a name says; undefined when it says none. */
export const roleOfName = (name: string): Role | undefined => byName.find(([pattern]) => pattern.test(name))?.[1];

/** Lines that run jobs from a queue, and listen on no port. */
export const jobs =
  /\bcelery\b.*\b(?:worker|beat)\b|\bcelery\b[^|;&]*\s-A\b|\brq\s+worker\b|\bdramatiq\b|\barq\s|\bhuey_consumer|\bsidekiq\b|\bqcluster\b|\brqworker\b|\bprocess_tasks\b|\bqueue:(?:work|listen)\b|\bhorizon\b|\bschedule:work\b|\bsolid_queue|\bgood_job\b|\bbin\/jobs\b|\bdelayed_job\b|\bfaststream\b|\btaskiq\s+worker\b|\boban\b|\bprocrastinate\b[^|;&]*\bworker\b/i;

/** Whether a command line runs jobs from a queue, and listens on no port. */
export const runsJobs = (line: string): boolean => jobs.test(line);

const databases =
  /(?:^|\/)(?:[\w-]*postgres[\w-]*|pgautoupgrade|postgis|timescaledb[\w-]*|pgvector|mysql[\w-]*|mariadb|percona|mongo|mongodb[\w-]*|redis[\w-]*|valkey|keydb|dragonfly|memcached|elasticsearch|opensearch|cockroach|mssql\/server|mssql-server[\w-]*|azure-sql-edge|oracle-(?:xe|free)|cassandra|scylla|influxdb|clickhouse[\w-]*|neo4j|couchdb|couchbase|surrealdb|rethinkdb|dynamodb-local|qdrant|weaviate|chroma|chromadb|milvus|meilisearch|typesense|arangodb|questdb|libsql-server|sqld|solr|tigerbeetle|foundationdb|etcd|immudb|dgraph|victoria-metrics)(?:[:@]|$)/;

const tools =
  /(?:^|\/)(?:[\w-]*(?:mailpit|mailhog|maildev|mailcatcher|mailslurper|smtp4dev|inbucket|greenmail|adminer|pgadmin\d?|phpmyadmin|mongo-express|redis-commander|redisinsight|traefik|nginx|caddy|haproxy|envoy|httpd|grafana|prometheus|loki|promtail|jaeger|opentelemetry|otel|zipkin|tempo|minio|localstack|azurite|rabbitmq|kafka|redpanda|zookeeper|nats|mosquitto|emqx|pulsar|vault|consul|keycloak|portainer|kibana|logstash|filebeat|fluentd|dozzle|watchtower|certbot|swagger-ui|wiremock|mockserver|selenium|browserless|gotenberg|stripe-cli|ngrok|cloudflared|imgproxy|temporal|ollama|verdaccio|registry|sonarqube|whoami|seq|exporter|cadvisor|unleash|flagsmith|searxng|livekit|coturn|firebase-emulator|fake-gcs-server|elasticmq|sqs|electric|kafdrop|akhq|console))(?:[:@-]|$)/;

const proxies = /(?:^|\/)[\w-]*(?:traefik|nginx|caddy|haproxy|envoy|httpd|apache|certbot|openresty|kong|swag)[\w-]*(?:[:@]|$)/;

export const isDatabaseImage = (image: string): boolean =>
  databases.test(image) && !/kafka|registry|commander|exporter|insight/.test(image);
export const isToolImage = (image: string): boolean => tools.test(image);
/** A reverse proxy in front of other containers. */
export const isProxyImage = (image: string): boolean => proxies.test(image);

const once =
  /(?:^|[-_:])(?:migrat\w*|init\w*|seed\w*|setup|prestart|bootstrap|provision\w*|createbuckets?|create-?\w*|mc|install|deps|build|compile|release|db-?push|fixtures?|backup|restore|lint|format|tests?|e2e|cypress|playwright|shell|cli)(?:[-_:]|$)/i;

/** Whether a name belongs to a process that ends when its work is done. */
export const endsByName = (name: string): boolean => once.test(name);

const onceLine =
  /\b(?:manage\.py\s+(?:migrate|collectstatic|createsuperuser|makemigrations|shell|loaddata)|db:(?:migrate|seed|setup|prepare|create)|rails\s+(?:console|c)\b|alembic\s+upgrade|artisan\s+(?:migrate|db:seed|schedule:run)\b|prisma\s+(?:migrate|generate|db)|flask\s+db\b)/;

/** Whether a line only runs such a process. */
export const endsByLine = (line: string): boolean => !/&&|;/.test(line) && onceLine.test(line);
