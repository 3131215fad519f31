import type { Library } from '../../library.ts';

const sql = ['pg', 'mysql2', 'mysql', 'oracledb', 'tedious', 'mssql', 'mariadb', 'better-sqlite3', 'sqlite3'];

export const libraries: readonly Library[] = [
  { name: '@mikro-orm/core', role: 'database', spans: [], over: [...sql, 'knex', 'mongodb'] },
  { name: '@nestjs/mongoose', role: 'database', spans: [], over: ['mongoose'] },
  { name: '@nestjs/sequelize', role: 'database', spans: [], over: ['sequelize'] },
  { name: '@nestjs/typeorm', role: 'database', spans: [], over: ['typeorm'] },
  {
    name: '@prisma/client',
    role: 'database',
    spans: [
      {
        by: 'plugin',
        name: '@prisma/instrumentation',
        versions: '>=4.2',
        next: 'Add @prisma/instrumentation in the version of @prisma/client and `new PrismaInstrumentation()` to the instrumentations of the bootstrap; below Prisma 6.1 also `previewFeatures = ["tracing"]` to its generator.',
      },
    ],
    dark: 'Its engine sends queries by itself.',
  },
  { name: 'bookshelf', role: 'database', spans: [], over: ['knex'] },
  { name: 'drizzle-orm', role: 'database', spans: [], over: [...sql, 'postgres'] },
  { name: 'kysely', role: 'database', spans: [], over: sql },
  { name: 'objection', role: 'database', spans: [], over: ['knex'] },
  { name: 'sequelize', role: 'database', spans: [], over: sql },
  { name: 'typeorm', role: 'database', spans: [], over: [...sql, 'mongodb'] },
  { name: 'waterline', role: 'database', spans: [], over: sql },
];
