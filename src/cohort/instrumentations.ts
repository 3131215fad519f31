import type { CohortId } from './cohorts.ts';

/** An official instrumentation package: what it traces, and which exact version serves which versions of that library in each cohort. */
export interface LibraryRow {
  /** npm name of the traced library; a trailing `*` stands for every package with that prefix. */
  readonly library: string;
  readonly name: string;
  readonly exports: string;
  /** Exact version of the instrumentation and the library range it supports, per cohort; absent when the cohort's line has none. */
  readonly rows: Readonly<Partial<Record<CohortId, readonly [version: string, supports: string]>>>;
  /** Type declarations it installs that older TypeScript set-ups cannot check and that TypeScript includes unasked. */
  readonly declares?: string;
  /**
   * How ES modules that import the library get its spans. Absent: as CommonJS does, because the instrumentation patches files that the
   * library requires itself. `hook`: only when the loader hook shows it the import. `never`: the hook would stop the program.
   */
  readonly esm?: 'hook' | 'never';
  /** Packages the instrumentation needs beside it to do all of its work. */
  readonly needs?: Readonly<Partial<Record<CohortId, Readonly<Record<string, string>>>>>;
}

/**
 * Read from `_modules[].supportedVersions` of what auto-instrumentations-node 0.56.1, 0.81.2 and 0.82.0 install.
 * Express and router are left out: the middleware reads routes itself. Transitive modules are given as the package people depend on.
 */
export const libraryRows: readonly LibraryRow[] = [
  {
    library: '@aws-sdk/*',
    name: '@opentelemetry/instrumentation-aws-sdk',
    exports: 'AwsInstrumentation',
    rows: { 'sdk-1': ['0.49.1', '^3.1.0'], 'sdk-2': ['0.78.0', '^3.1.0'], 'sdk-3': ['0.79.0', '^3.1.0'] },
  },
  {
    library: '@grpc/grpc-js',
    name: '@opentelemetry/instrumentation-grpc',
    exports: 'GrpcInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.57.2', '^1.0.0'], 'sdk-2': ['0.223.0', '^1.0.0'], 'sdk-3': ['0.300.0', '^1.0.0'] },
  },
  {
    library: '@hapi/hapi',
    name: '@opentelemetry/instrumentation-hapi',
    exports: 'HapiInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.45.2', '>=17.0.0 <22'], 'sdk-2': ['0.69.0', '>=17.0.0 <22'], 'sdk-3': ['0.70.0', '>=17.0.0 <22'] },
  },
  {
    library: '@nestjs/core',
    name: '@opentelemetry/instrumentation-nestjs-core',
    exports: 'NestInstrumentation',
    rows: { 'sdk-1': ['0.44.1', '>=4.0.0 <11'], 'sdk-2': ['0.70.0', '>=4.0.0 <12'], 'sdk-3': ['0.71.0', '>=4.0.0 <12'] },
  },
  {
    library: 'amqplib',
    name: '@opentelemetry/instrumentation-amqplib',
    exports: 'AmqplibInstrumentation',
    rows: { 'sdk-1': ['0.46.1', '>=0.5.5 <1'], 'sdk-2': ['0.70.0', '>=0.5.5 <3'], 'sdk-3': ['0.71.0', '>=0.5.5 <3'] },
  },
  {
    library: 'aws-sdk',
    name: '@opentelemetry/instrumentation-aws-sdk',
    exports: 'AwsInstrumentation',
    rows: { 'sdk-1': ['0.49.1', '^2.308.0'] },
  },
  {
    library: 'bunyan',
    name: '@opentelemetry/instrumentation-bunyan',
    exports: 'BunyanInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.45.1', '>=1.0.0 <2'], 'sdk-2': ['0.68.0', '>=1.0.0 <2'], 'sdk-3': ['0.69.0', '>=1.0.0 <2'] },
  },
  {
    library: 'cassandra-driver',
    name: '@opentelemetry/instrumentation-cassandra-driver',
    exports: 'CassandraDriverInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.45.1', '>=4.4.0 <5'], 'sdk-2': ['0.68.0', '>=4.4.0 <5'], 'sdk-3': ['0.69.0', '>=4.4.0 <5'] },
  },
  {
    library: 'dataloader',
    name: '@opentelemetry/instrumentation-dataloader',
    exports: 'DataloaderInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.16.1', '>=2.0.0 <3'], 'sdk-2': ['0.40.0', '>=2.0.0 <3'], 'sdk-3': ['0.41.0', '>=2.0.0 <3'] },
  },
  {
    library: 'generic-pool',
    name: '@opentelemetry/instrumentation-generic-pool',
    exports: 'GenericPoolInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.43.1', '>=2.0.0 <4'], 'sdk-2': ['0.66.0', '>=2.0.0 <4'], 'sdk-3': ['0.67.0', '>=2.0.0 <4'] },
  },
  {
    library: 'graphql',
    name: '@opentelemetry/instrumentation-graphql',
    exports: 'GraphQLInstrumentation',
    rows: { 'sdk-1': ['0.47.1', '>=14.0.0 <17'], 'sdk-2': ['0.71.0', '>=14.0.0 <17'], 'sdk-3': ['0.72.0', '>=14.0.0 <17'] },
  },
  {
    library: 'ioredis',
    name: '@opentelemetry/instrumentation-ioredis',
    exports: 'IORedisInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.47.1', '>=2.0.0 <6'], 'sdk-2': ['0.71.0', '>=2.0.0 <7'], 'sdk-3': ['0.72.0', '>=2.0.0 <7'] },
  },
  {
    library: 'kafkajs',
    name: '@opentelemetry/instrumentation-kafkajs',
    exports: 'KafkaJsInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.7.1', '>=0.1.0 <3'], 'sdk-2': ['0.32.0', '>=0.3.0 <3'], 'sdk-3': ['0.33.0', '>=0.3.0 <3'] },
  },
  {
    library: 'knex',
    name: '@opentelemetry/instrumentation-knex',
    exports: 'KnexInstrumentation',
    rows: { 'sdk-1': ['0.44.1', '>=0.10.0 <4'], 'sdk-2': ['0.67.0', '>=0.10.0 <4'], 'sdk-3': ['0.68.0', '>=0.10.0 <4'] },
  },
  {
    library: 'koa',
    name: '@opentelemetry/instrumentation-koa',
    exports: 'KoaInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.47.1', '>=2.0.0 <3'], 'sdk-2': ['0.71.0', '>=2.0.0 <4'], 'sdk-3': ['0.72.0', '>=2.0.0 <4'] },
  },
  {
    library: 'lru-memoizer',
    name: '@opentelemetry/instrumentation-lru-memoizer',
    exports: 'LruMemoizerInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.44.1', '>=1.3 <3'], 'sdk-2': ['0.67.0', '>=1.3 <4'], 'sdk-3': ['0.68.0', '>=1.3 <4'] },
  },
  {
    library: 'memcached',
    name: '@opentelemetry/instrumentation-memcached',
    exports: 'MemcachedInstrumentation',
    esm: 'never',
    rows: { 'sdk-1': ['0.43.1', '>=2.2.0 <3'], 'sdk-2': ['0.66.0', '>=2.2.0 <3'], 'sdk-3': ['0.67.0', '>=2.2.0 <3'] },
  },
  {
    library: 'mongodb',
    name: '@opentelemetry/instrumentation-mongodb',
    exports: 'MongoDBInstrumentation',
    rows: { 'sdk-1': ['0.52.0', '>=3.3.0 <7'], 'sdk-2': ['0.76.0', '>=3.3.0 <8'], 'sdk-3': ['0.77.0', '>=3.3.0 <8'] },
  },
  {
    library: 'mongoose',
    name: '@opentelemetry/instrumentation-mongoose',
    exports: 'MongooseInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.46.1', '>=5.9.7 <9'], 'sdk-2': ['0.69.0', '>=5.9.7 <10'], 'sdk-3': ['0.70.0', '>=5.9.7 <10'] },
  },
  {
    library: 'mysql',
    name: '@opentelemetry/instrumentation-mysql',
    exports: 'MySQLInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.45.1', '>=2.0.0 <3'], 'sdk-2': ['0.69.1', '>=2.0.0 <3'], 'sdk-3': ['0.70.0', '>=2.0.0 <3'] },
  },
  {
    library: 'mysql2',
    name: '@opentelemetry/instrumentation-mysql2',
    exports: 'MySQL2Instrumentation',
    rows: { 'sdk-1': ['0.45.2', '>=1.4.2 <4'], 'sdk-2': ['0.69.0', '>=1.4.2 <4'], 'sdk-3': ['0.70.0', '>=1.4.2 <4'] },
  },
  {
    library: 'openai',
    name: '@opentelemetry/instrumentation-openai',
    exports: 'OpenAIInstrumentation',
    esm: 'hook',
    rows: { 'sdk-2': ['0.21.0', '>=4.19.0 <7'], 'sdk-3': ['0.22.0', '>=4.19.0 <7'] },
  },
  {
    library: 'oracledb',
    name: '@opentelemetry/instrumentation-oracledb',
    exports: 'OracleInstrumentation',
    esm: 'hook',
    rows: { 'sdk-2': ['0.48.0', '>=6.7 <8'], 'sdk-3': ['0.49.0', '>=6.7 <8'] },
  },
  {
    library: 'pg',
    name: '@opentelemetry/instrumentation-pg',
    exports: 'PgInstrumentation',
    declares: '@types/pg',
    rows: { 'sdk-1': ['0.51.1', '>=8.0.3 <9'], 'sdk-2': ['0.76.0', '>=8.0.3 <9'], 'sdk-3': ['0.77.0', '>=8.0.3 <9'] },
  },
  {
    library: 'pino',
    name: '@opentelemetry/instrumentation-pino',
    exports: 'PinoInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.46.1', '>=5.14.0 <10'], 'sdk-2': ['0.69.0', '>=5.14.0 <11'], 'sdk-3': ['0.70.0', '>=5.14.0 <11'] },
  },
  {
    library: 'redis',
    name: '@opentelemetry/instrumentation-redis',
    exports: 'RedisInstrumentation',
    rows: { 'sdk-2': ['0.71.0', '>=4.0.0 <7'], 'sdk-3': ['0.72.0', '>=4.0.0 <7'] },
  },
  {
    library: 'redis',
    name: '@opentelemetry/instrumentation-redis',
    exports: 'RedisInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.46.1', '>=2.6.0 <4'], 'sdk-2': ['0.71.0', '>=2.6.0 <4'], 'sdk-3': ['0.72.0', '>=2.6.0 <4'] },
  },
  {
    library: 'redis',
    name: '@opentelemetry/instrumentation-redis-4',
    exports: 'RedisInstrumentation',
    rows: { 'sdk-1': ['0.46.1', '>=4.0.0 <5'] },
  },
  {
    library: 'restify',
    name: '@opentelemetry/instrumentation-restify',
    exports: 'RestifyInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.45.1', '>=4.1.0 <12'], 'sdk-2': ['0.68.0', '>=4.1.0 <13'], 'sdk-3': ['0.69.0', '>=4.1.0 <13'] },
  },
  {
    library: 'socket.io',
    name: '@opentelemetry/instrumentation-socket.io',
    exports: 'SocketIoInstrumentation',
    rows: { 'sdk-1': ['0.46.1', '>=2 <5'], 'sdk-2': ['0.70.0', '>=2 <5'], 'sdk-3': ['0.71.0', '>=2 <5'] },
  },
  {
    library: 'tedious',
    name: '@opentelemetry/instrumentation-tedious',
    exports: 'TediousInstrumentation',
    esm: 'hook',
    rows: { 'sdk-1': ['0.18.1', '>=1.11.0 <20'], 'sdk-2': ['0.42.0', '>=1.11.0 <21'], 'sdk-3': ['0.43.0', '>=1.11.0 <21'] },
  },
  {
    library: 'winston',
    name: '@opentelemetry/instrumentation-winston',
    exports: 'WinstonInstrumentation',
    rows: { 'sdk-1': ['0.44.1', '>=1 <4'], 'sdk-2': ['0.68.1', '>=1 <4'], 'sdk-3': ['0.69.0', '>=1 <4'] },
    needs: { 'sdk-1': { '@opentelemetry/winston-transport': '0.10.1' }, 'sdk-2': { '@opentelemetry/winston-transport': '0.33.0' } },
  },
];
