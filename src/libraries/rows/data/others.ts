import type { Library } from '../../library.ts';

const embedded = 'It works inside the process, and nothing reports its calls.';
const overHttp = [{ by: 'transport', over: 'http' }] as const;

/** Databases that no official instrumentation knows. */
export const libraries: readonly Library[] = [
  { name: '@clickhouse/client', role: 'database', spans: overHttp },
  { name: '@elastic/elasticsearch', role: 'database', spans: [{ by: 'itself', versions: '>=8.15' }, ...overHttp] },
  { name: '@google-cloud/bigquery', role: 'database', spans: overHttp },
  { name: '@google-cloud/datastore', role: 'database', spans: [] },
  { name: '@google-cloud/firestore', role: 'database', spans: [] },
  { name: '@google-cloud/spanner', role: 'database', spans: [] },
  { name: '@influxdata/influxdb-client', role: 'database', spans: overHttp },
  { name: '@libsql/client', role: 'database', spans: [] },
  { name: '@opensearch-project/opensearch', role: 'database', spans: overHttp },
  { name: 'arangojs', role: 'database', spans: overHttp },
  { name: 'better-sqlite3', role: 'database', spans: [], dark: embedded },
  { name: 'couchbase', role: 'database', spans: [] },
  { name: 'elasticsearch', role: 'database', spans: overHttp },
  { name: 'ibm_db', role: 'database', spans: [] },
  { name: 'level', role: 'database', spans: [], dark: embedded },
  { name: 'lmdb', role: 'database', spans: [], dark: embedded },
  { name: 'lokijs', role: 'database', spans: [], dark: embedded },
  { name: 'lowdb', role: 'database', spans: [], dark: embedded },
  { name: 'mariadb', role: 'database', spans: [] },
  { name: 'nano', role: 'database', spans: overHttp },
  { name: 'nedb', role: 'database', spans: [], dark: embedded },
  { name: 'neo4j-driver', role: 'database', spans: [] },
  { name: 'node-firebird', role: 'database', spans: [] },
  { name: 'odbc', role: 'database', spans: [] },
  { name: 'rethinkdb', role: 'database', spans: [] },
  { name: 'rethinkdbdash', role: 'database', spans: [] },
  { name: 'snowflake-sdk', role: 'database', spans: overHttp },
  { name: 'sql.js', role: 'database', spans: [], dark: embedded },
  { name: 'sqlite', role: 'database', spans: [], dark: embedded },
  { name: 'sqlite3', role: 'database', spans: [], dark: embedded },
];
