import { describe, expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import type { Launch, Repo } from '../../contract/index.ts';
import { flagText, takeSurvey } from '../index.ts';

const server = "require('http').createServer(() => {}).listen(3000);\n";
const bash = '#!/bin/bash\nset -e\n';

function manifest(scripts: Record<string, string>, more: object = {}): string {
  return `${JSON.stringify({ name: 'shop', ...more, scripts }, null, 2)}\n`;
}

/** The line (or lines) as they read after two flags were spliced into the slot. */
function splicedLine(repo: Repo, { flags }: Launch): string {
  if (!flags) return '-';
  const text = repo.read(flags.file) ?? '';
  const added = flagText(flags, ['--import', './x.mjs']);
  const after = text.slice(0, flags.offset) + added + text.slice(flags.offset);
  const from = after.lastIndexOf('\n', flags.offset - 1) + 1;
  const to = after.indexOf('\n', flags.offset + added.length);
  return `${flags.file}: ${after
    .slice(from, to === -1 ? undefined : to)
    .trim()
    .replace(/,$/, '')}`;
}

/** `kind name (chain): entry | spliced line` for every launch. */
function launchesOf(files: Record<string, string>): string[] {
  const repo = memoryRepo(files);
  return takeSurvey(repo).services.flatMap((service) =>
    service.launches.map((each) => `${each.kind} ${each.chain.join('>')}: ${each.entry ?? '?'} | ${splicedLine(repo, each)}`),
  );
}

function problemsOf(files: Record<string, string>): string[] {
  return takeSurvey(memoryRepo(files)).problems.map((each) => `${each.code} ${each.evidence.file}:${each.evidence.line}`);
}

describe('scripts that do one thing and end', () => {
  const files = {
    'server.js': server,
    'lib/db.js': "require('./pool');\n",
    'lib/pool.js': "require('../server');\n",
    'scripts.js': "require('./lib/db');\n",
    'seed.js': server,
    'bot.js': "require('./server');\n",
  };
  it.each([
    ['db:seed', 'node seed.js', [], ['TW1016 package.json:4']],
    ['remove-2fa', 'node scripts.js', [], ['TW1016 package.json:4']],
    ['doctor:prod', 'node scripts.js', [], ['TW1016 package.json:4']],
    ['api:prod', 'node bot.js', ['script api:prod: bot.js | package.json: "api:prod": "node --import ./x.mjs bot.js"'], []],
    ['bot', 'node bot.js', ['script bot: bot.js | package.json: "bot": "node --import ./x.mjs bot.js"'], []],
    ['mail', 'node missing.js', [], []],
  ])('%s: %s', (name, command, launches, problems) => {
    const all = { ...files, 'package.json': manifest({ [name]: command }) };
    expect(launchesOf(all).filter((each) => !each.startsWith('main'))).toEqual(launches);
    expect(problemsOf(all)).toEqual(problems);
  });
});

describe('scripts that call Node themselves', () => {
  const rows: [command: string, entry: string, after: string][] = [
    ['node app.js', 'app.js', 'node --import ./x.mjs app.js'],
    ['node app', 'app.js', 'node --import ./x.mjs app'],
    ['node ./bin/www', 'bin/www', 'node --import ./x.mjs ./bin/www'],
    ['node server', 'server/index.js', 'node --import ./x.mjs server'],
    [
      'node --max-old-space-size=512 -r dotenv/config app.js',
      'app.js',
      'node --import ./x.mjs --max-old-space-size=512 -r dotenv/config app.js',
    ],
    ['node --disable-warning DEP0040 app.js', 'app.js', 'node --import ./x.mjs --disable-warning DEP0040 app.js'],
    [
      'node --experimental-config-file node.config.json app.js',
      'app.js',
      'node --import ./x.mjs --experimental-config-file node.config.json app.js',
    ],
    ['node --env-file .env app.js', 'app.js', 'node --import ./x.mjs --env-file .env app.js'],
    ['NODE_ENV=production TZ=UTC node app.js', 'app.js', 'NODE_ENV=production TZ=UTC node --import ./x.mjs app.js'],
    ['cross-env NODE_ENV=production node app.js', 'app.js', 'cross-env NODE_ENV=production node --import ./x.mjs app.js'],
    ['env-cmd -f .env.prod node app.js', 'app.js', 'env-cmd -f .env.prod node --import ./x.mjs app.js'],
    ['env-cmd ./config/.env node app.js', 'app.js', 'env-cmd ./config/.env node --import ./x.mjs app.js'],
    ['dotenv -e .env -- node app.js', 'app.js', 'dotenv -e .env -- node --import ./x.mjs app.js'],
    ['dotenvx run -- node app.js', 'app.js', 'dotenvx run -- node --import ./x.mjs app.js'],
    ['env -S "node app.js"', 'app.js', 'env -S "node --import ./x.mjs app.js"'],
    ['env -S A=1 node --no-warnings app.js', 'app.js', 'env -S A=1 node --import ./x.mjs --no-warnings app.js'],
    ['cross-env-shell A=1 "node app.js"', 'app.js', 'cross-env-shell A=1 "node --import ./x.mjs app.js"'],
    ['nice -n 5 node app.js', 'app.js', 'nice -n 5 node --import ./x.mjs app.js'],
    ['taskset -c 0,1 node app.js', 'app.js', 'taskset -c 0,1 node --import ./x.mjs app.js'],
    ['flock -n /tmp/lock node app.js', 'app.js', 'flock -n /tmp/lock node --import ./x.mjs app.js'],
    ["flock /tmp/lock -c 'node app.js'", 'app.js', "flock /tmp/lock -c 'node --import ./x.mjs app.js'"],
    ['xvfb-run -a -s "-screen 0 1x1x24" node app.js', 'app.js', 'xvfb-run -a -s "-screen 0 1x1x24" node --import ./x.mjs app.js'],
    ['volta run --node 20 node app.js', 'app.js', 'volta run --node 20 node --import ./x.mjs app.js'],
    ['mise exec node@20 -- node app.js', 'app.js', 'mise exec node@20 -- node --import ./x.mjs app.js'],
    ['fnm exec --using=20 node app.js', 'app.js', 'fnm exec --using=20 node --import ./x.mjs app.js'],
    ['npm run build && node app.js', 'app.js', 'npm run build && node --import ./x.mjs app.js'],
    ['node migrate.js && node app.js', 'app.js', 'node migrate.js && node --import ./x.mjs app.js'],
    ['node app.js | pino-pretty', 'app.js', 'node --import ./x.mjs app.js | pino-pretty'],
    ['node app.js 2>&1 | bunyan', 'app.js', 'node --import ./x.mjs app.js 2>&1 | bunyan'],
    [`set -x && PORT=\${PORT:=9000} node app.js`, 'app.js', `set -x && PORT=\${PORT:=9000} node --import ./x.mjs app.js`],
    ["sh -c 'node app.js'", 'app.js', "sh -c 'node --import ./x.mjs app.js'"],
    ['cd server && node index.js', 'server/index.js', 'cd server && node --import ./x.mjs index.js'],
    ['nodemon app.js', 'app.js', 'nodemon --import ./x.mjs app.js'],
    [
      'nodemon --watch src -e js,json --inspect=0.0.0.0 app.js',
      'app.js',
      'nodemon --import ./x.mjs --watch src -e js,json --inspect=0.0.0.0 app.js',
    ],
    ["nodemon --exec 'node --inspect' app.js", 'app.js', "nodemon --exec 'node --import ./x.mjs --inspect' app.js"],
    ['npx nodemon app.js', 'app.js', 'npx nodemon --import ./x.mjs app.js'],
    ['node_modules/.bin/nodemon app.js', 'app.js', 'node_modules/.bin/nodemon --import ./x.mjs app.js'],
    ['tsx src/main.ts', 'src/main.ts', 'tsx --import ./x.mjs src/main.ts'],
    ['tsx watch --clear-screen=false src/main.ts', 'src/main.ts', 'tsx watch --import ./x.mjs --clear-screen=false src/main.ts'],
    ['node --import tsx src/main.ts', 'src/main.ts', 'node --import ./x.mjs --import tsx src/main.ts'],
    ['node --loader ts-node/esm src/main.ts', 'src/main.ts', 'node --import ./x.mjs --loader ts-node/esm src/main.ts'],
    [
      'node -r ts-node/register/transpile-only src/main.ts',
      'src/main.ts',
      'node --import ./x.mjs -r ts-node/register/transpile-only src/main.ts',
    ],
    ['babel-node src/legacy.js', 'src/legacy.js', 'babel-node --import ./x.mjs src/legacy.js'],
  ];
  const files = {
    'app.js': server,
    'bin/www': server,
    'server/index.js': server,
    'src/main.ts': server,
    'src/legacy.js': server,
    'migrate.js': '',
  };

  it.each(rows)('%s', (command, entry, after) => {
    const found = launchesOf({ ...files, 'package.json': manifest({ start: command }) });
    expect(found).toEqual([`script start: ${entry} | package.json: "start": ${JSON.stringify(after)}`]);
  });

  it.each([
    'ts-node src/main.ts',
    'ts-node-dev --respawn -P tsconfig.json src/main.ts',
    "nodemon --exec 'ts-node' src/main.ts",
    'nodemon src/main.ts',
    './bin/www',
    'forever start app.js',
  ])('gives no place for flags to %s', (command) => {
    const [found] = launchesOf({ ...files, 'bin/www': `#!/usr/bin/env node\n${server}`, 'package.json': manifest({ start: command }) });
    expect(found).toMatch(/^script start: (src\/main\.ts|bin\/www|app\.js) \| -$/);
  });

  it('reads escaped quotes in a JSON string', () => {
    const found = launchesOf({ ...files, 'package.json': manifest({ start: 'nodemon --exec "node --inspect" app.js' }) });
    expect(found).toEqual(['script start: app.js | package.json: "start": "nodemon --exec \\"node --import ./x.mjs --inspect\\" app.js"']);
  });

  it('knows what a command preloads already', () => {
    const survey = takeSurvey(
      memoryRepo({
        ...files,
        'package.json': manifest({ start: "NODE_OPTIONS='--require ./otel.js' node -r dotenv/config --import=tsx app.js" }),
      }),
    );
    expect(survey.services[0]?.launches[0]?.preloads).toEqual(['./otel.js', 'dotenv/config', 'tsx']);
  });

  it('knows the folder and the file of the command', () => {
    const survey = takeSurvey(memoryRepo({ ...files, 'package.json': manifest({ start: 'cd server && node ./index' }) }));
    expect(survey.services[0]?.launches[0]).toMatchObject({ cwd: 'server', target: './index', entry: 'server/index.js', runner: 'node' });
  });

  it('keeps the words after -- for the program inside', () => {
    const found = launchesOf({
      ...files,
      'package.json': manifest({ start: 'cross-env A=1 npm run serve -- --port 1', serve: 'node app.js' }),
    });
    expect(found[0]).toBe('script start>serve: app.js | -');
  });

  it('follows node . through the main field', () => {
    const found = launchesOf({ ...files, 'package.json': manifest({ start: 'node . | pino-pretty' }, { main: './bin/www' }) });
    expect(found).toEqual(['script start: bin/www | package.json: "start": "node --import ./x.mjs . | pino-pretty"']);
  });

  it('says so when the file is not there or only known at run time', () => {
    expect(problemsOf({ 'package.json': manifest({ start: 'node gone.js' }) })).toEqual(['TW1010 package.json:4']);
    expect(problemsOf({ 'package.json': manifest({ start: 'node $APP' }) })).toEqual(['TW1007 package.json:4']);
  });
});

describe('scripts that call scripts', () => {
  it.each([
    'npm run serve',
    'corepack npm run serve',
    'npm run -s serve',
    'yarn serve',
    'yarn run serve',
    'pnpm serve',
    'pnpm run serve',
    'node --run serve',
  ])('follows %s', (command) => {
    expect(launchesOf({ 'app.js': server, 'package.json': manifest({ start: command, serve: 'node app.js' }) })).toEqual([
      'script start>serve: app.js | -',
      'script serve: app.js | package.json: "serve": "node --import ./x.mjs app.js"',
    ]);
  });

  it.each([
    'run-p start:*',
    'npm-run-all --parallel start:*',
    'concurrently "npm:start:*"',
    'concurrently "npm run start:a" "yarn start:b"',
    'npm run start:a & npm run start:b',
  ])('follows every branch of %s', (command) => {
    const found = launchesOf({
      'a.js': server,
      'b.js': server,
      'package.json': manifest({ start: command, 'start:a': 'node a.js', 'start:b': 'node b.js' }),
    });
    expect(
      found
        .slice(0, 2)
        .map((each) => each.split(' | ')[0])
        .toSorted(),
    ).toEqual(['script start>start:a: a.js', 'script start>start:b: b.js']);
    expect(found.slice(2)).toEqual([
      'script start:a: a.js | package.json: "start:a": "node --import ./x.mjs a.js"',
      'script start:b: b.js | package.json: "start:b": "node --import ./x.mjs b.js"',
    ]);
  });

  it('follows workspaces, prefixes and all packages at once', () => {
    const api = {
      'apps/api/package.json': JSON.stringify({ name: '@shop/api', scripts: { start: 'node main.js' } }),
      'apps/api/main.js': server,
    };
    const root = (start: string): string => manifest({ start }, { workspaces: ['apps/*'] });
    for (const command of [
      'npm start -w @shop/api',
      'npm run start --workspace=apps/api',
      'npm --prefix apps/api start',
      'yarn workspace @shop/api start',
      'pnpm --filter api start',
      'pnpm -r start',
      'turbo run start',
      'lerna run start --stream',
      'cd apps/api && npm start',
    ]) {
      expect([command, launchesOf({ 'package.json': root(command), ...api })[1]]).toEqual([
        command,
        'script start>start: apps/api/main.js | -',
      ]);
    }
  });

  it('places flags inside the commands of concurrently', () => {
    const found = launchesOf({
      'a.js': server,
      'b.js': server,
      'package.json': manifest({ dev: 'concurrently -n a,b "node a.js" "node b.js"' }),
    });
    expect(found).toEqual([
      'script dev: a.js | package.json: "dev": "concurrently -n a,b \\"node --import ./x.mjs a.js\\" \\"node b.js\\""',
      'script dev: b.js | package.json: "dev": "concurrently -n a,b \\"node a.js\\" \\"node --import ./x.mjs b.js\\""',
    ]);
  });

  it('lists the script a container ends in, whatever its name', () => {
    const found = launchesOf({
      'app.js': server,
      Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["npm", "run", "boot:it"]\n',
      'package.json': manifest({ 'boot:it': 'node app.js' }),
    });
    expect(found).toEqual([
      'script boot:it: app.js | package.json: "boot:it": "node --import ./x.mjs app.js"',
      'dockerfile Dockerfile>boot:it: app.js | -',
    ]);
  });

  it.each([
    ['npm run ts -- --files backend/app.ts', 'ts'],
    ['npm run -s ts backend/app.ts', 'ts'],
    ['yarn ts --files backend/app.ts', 'ts'],
    ['pnpm ts backend/app.ts', 'ts'],
    ['nodemon --exec yarn ts backend/app.ts', 'ts'],
    ["nodemon --watch backend --exec 'npm run ts --' backend/app.ts", 'ts'],
    ['nyc --silent yarn run ts backend/app.ts', 'ts'],
    ["npm run ts -- 'backend/app.ts'", 'ts'],
  ])('hands the words of %s on', (command, script) => {
    const found = launchesOf({
      'backend/app.ts': server,
      'package.json': manifest({ start: command, ts: 'ts-node -P tsconfig.json' }),
    });
    expect(found).toEqual([`script start>${script}: backend/app.ts | -`]);
  });

  it('does not take options of npm for words of the program', () => {
    const found = launchesOf({
      'app.js': server,
      'package.json': manifest({ start: 'npm run --silent run:it --loglevel=error -- --port 1', 'run:it': 'node app.js' }),
    });
    expect(found[0]).toBe('script start>run:it: app.js | -');
  });

  it('leaves scripts that are named after the program and end by themselves', () => {
    const scripts = { start: 'node app.js', 'app:config': 'node setup.js', 'api:start': 'node api.js', 'worker:mail': 'node mail.js' };
    const found = launchesOf({ 'package.json': manifest(scripts), 'app.js': server, 'setup.js': '', 'api.js': '', 'mail.js': server });
    expect(found.map((each) => each.split(' | ')[0])).toEqual([
      'script start: app.js',
      'script api:start: api.js',
      'script worker:mail: mail.js',
    ]);
  });

  it('does not loop on scripts that call each other', () => {
    expect(launchesOf({ 'app.js': '', 'package.json': manifest({ start: 'npm run dev', dev: 'npm start' }) })).toEqual([]);
  });

  it('leaves tests, linters and builds alone', () => {
    const scripts = {
      test: 'node test.js',
      'test:watch': 'node test.js',
      lint: 'node lint.js',
      build: 'node build.js',
      seed: 'node seed.js',
      pretest: 'node app.js',
    };
    const found = launchesOf({
      'test.js': server,
      'lint.js': '',
      'build.js': '',
      'seed.js': '',
      'app.js': '',
      'package.json': manifest(scripts),
    });
    expect(found).toEqual([]);
  });

  it('takes server.js for a missing start script as npm does', () => {
    const found = launchesOf({ 'server.js': server, Procfile: 'web: npm start\n', 'package.json': manifest({}) });
    expect(found).toEqual(['procfile web: server.js | -']);
  });
});

describe('nodemon configuration', () => {
  it('knows `nodemon node app.js`, in which no flag has a place', () => {
    const found = launchesOf({ 'app.js': server, 'package.json': '{"name":"a","scripts":{"start":"nodemon node app.js"}}' });
    expect(found).toEqual(['script start: app.js | -']);
  });

  it.each([
    [
      'nodemon.json',
      { 'nodemon.json': '{ "watch": ["src"], "exec": "node --inspect ./app.js" }', 'package.json': manifest({ dev: 'nodemon' }) },
    ],
    ['package.json', { 'package.json': manifest({ dev: 'nodemon' }, { nodemonConfig: { exec: 'node --inspect ./app.js' } }) }],
  ])('reads exec in %s', (file, files) => {
    const [found] = launchesOf({ 'app.js': server, ...files });
    expect(found).toMatch(new RegExp(`^script dev: app.js \\| ${file}: .*"exec": "node --import ./x.mjs --inspect ./app.js"`));
  });

  it('runs main without any', () => {
    expect(launchesOf({ 'app.js': server, 'package.json': manifest({ dev: 'nodemon' }, { main: 'app.js' }) })).toEqual([
      'script dev: app.js | package.json: "dev": "nodemon --import ./x.mjs"',
    ]);
  });
});

describe('containers', () => {
  const app = { 'package.json': manifest({ start: 'node app.js' }), 'app.js': server };
  const docker = (text: string): string => `FROM node:20\nWORKDIR /usr/src/app\nCOPY . .\n${text}\n`;
  const rows: [text: string, line: string][] = [
    ['CMD ["node", "app.js"]', 'CMD ["node", "--import", "./x.mjs", "app.js"]'],
    ['CMD [ "/usr/local/bin/node", "./app.js" ]', 'CMD [ "/usr/local/bin/node", "--import", "./x.mjs", "./app.js" ]'],
    ['CMD node app.js', 'CMD node --import ./x.mjs app.js'],
    ['CMD ["node", \\\n  # the server\n  # and no other\n  "app.js"]', 'CMD ["node", "--import", "./x.mjs", \\'],
    ['ENV FILE=app.js MODE=web\nCMD node $FILE', 'CMD node --import ./x.mjs $FILE'],
    ['ENV FILE "app.js"\nCMD ["sh", "-c", "node $FILE"]', 'CMD ["sh", "-c", "node --import ./x.mjs $FILE"]'],
    ['ENTRYPOINT node app.js', 'ENTRYPOINT node --import ./x.mjs app.js'],
    ['CMD ["node", "/usr/src/app/app.js"]', 'CMD ["node", "--import", "./x.mjs", "/usr/src/app/app.js"]'],
    ['ENTRYPOINT ["node"]\nCMD ["app.js"]', 'ENTRYPOINT ["node", "--import", "./x.mjs"]'],
    ['ENTRYPOINT ["/sbin/tini", "--"]\nCMD ["node", "app.js"]', 'CMD ["node", "--import", "./x.mjs", "app.js"]'],
    ['ENTRYPOINT ["dumb-init", "node", "app.js"]', 'ENTRYPOINT ["dumb-init", "node", "--import", "./x.mjs", "app.js"]'],
    ['ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node", "app.js"]', 'CMD ["node", "--import", "./x.mjs", "app.js"]'],
    ['CMD ["sh", "-c", "sleep 1 && node app.js"]', 'CMD ["sh", "-c", "sleep 1 && node --import ./x.mjs app.js"]'],
    ['CMD ["pm2-runtime", "app.js"]', '-'],
    ['CMD ["npm", "start"]', '-'],
    ['CMD npm start', '-'],
    ['CMD ["yarn", "start"]', '-'],
    ['ENTRYPOINT ["dumb-init", "--", "npm", "run"]\nCMD ["start"]', '-'],
  ];

  it.each(rows)('%j', (text, line) => {
    const found = launchesOf({ ...app, Dockerfile: docker(text) }).filter((each) => each.startsWith('dockerfile'));
    expect(found).toEqual([expect.stringMatching(/^dockerfile Dockerfile(>start)?: app\.js \| /)]);
    expect(found[0]?.split(' | ')[1]).toBe(line === '-' ? '-' : `Dockerfile: ${line}`);
  });

  it('finds the source of a multi-stage build that copies dist', () => {
    const found = launchesOf({
      'package.json': manifest({ build: 'tsc' }),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist", "rootDir": "src", "module": "commonjs" } }',
      'src/main.ts': server,
      Dockerfile:
        'FROM node:20 AS build\nWORKDIR /build\nCOPY . .\nRUN npm run build\nFROM gcr.io/distroless/nodejs20-debian12\nWORKDIR /srv\nCOPY --from=build /build/dist ./app\nCMD ["app/main.js"]\n',
    });
    expect(found).toEqual(['dockerfile Dockerfile: src/main.ts | Dockerfile: CMD ["--import", "./x.mjs", "app/main.js"]']);
  });

  it.each([
    ['FROM gcr.io/distroless/nodejs20-debian12', 'CMD ["app.js"]', 'CMD ["--import", "./x.mjs", "app.js"]'],
    ['FROM gcr.io/distroless/nodejs20-debian12', 'CMD ["-r", "./a.js", "app.js"]', 'CMD ["--import", "./x.mjs", "-r", "./a.js", "app.js"]'],
    ['FROM gcr.io/distroless/nodejs20 AS base\nFROM base', 'CMD ["app.js"]', 'CMD ["--import", "./x.mjs", "app.js"]'],
    ['FROM node:20-alpine', 'CMD ["app.js"]', 'CMD ["--import", "./x.mjs", "app.js"]'],
    ['FROM node:20', 'CMD ["--import", "./a.mjs", "app.js"]', 'CMD ["--import", "./x.mjs", "--import", "./a.mjs", "app.js"]'],
    ['FROM public.ecr.aws/docker/library/node:20', 'CMD ["npm", "start"]', '-'],
  ])('knows that the image puts node first: %j %j', (from, command, line) => {
    const found = launchesOf({ ...app, Dockerfile: `${from}\nWORKDIR /srv\nCOPY . .\n${command}\n` });
    const end = line === '-' ? '-' : `Dockerfile: ${line}`;
    expect(found.filter((each) => each.startsWith('dockerfile'))).toEqual([expect.stringMatching(/: app\.js \| /)]);
    expect(found.at(-1)?.split(' | ')[1]).toBe(end);
  });

  it('puts flags before a command of compose that the image gives to its node', () => {
    const found = launchesOf({
      ...app,
      'package.json': manifest({}),
      Dockerfile: 'FROM gcr.io/distroless/nodejs20\nWORKDIR /srv\nCOPY . .\n',
      'compose.yaml': 'services:\n  a:\n    build: .\n    command: ["app.js"]\n  b:\n    build: .\n    command: app.js\n',
    });
    expect(found).toEqual([
      'compose a: app.js | compose.yaml: command: ["--import", "./x.mjs", "app.js"]',
      'compose b: app.js | compose.yaml: command: --import ./x.mjs app.js',
    ]);
  });

  it('takes the build context from compose, and mounts over the image', () => {
    const found = launchesOf({
      'services/api/package.json': manifest({ dev: 'nodemon main.js' }),
      'services/api/main.js': server,
      'docker/api.Dockerfile': 'FROM node:20\nWORKDIR /srv\nCOPY . .\nCMD ["node", "main.js"]\n',
      'docker-compose.yml':
        'services:\n  api:\n    build:\n      context: services/api\n      dockerfile: ../../docker/api.Dockerfile\n    volumes:\n      - ./services/api:/code\n    working_dir: /code\n    command: npm run dev\n',
    });
    expect(found.map((each) => each.split(' | ')[0])).toEqual([
      'script dev: services/api/main.js',
      'dockerfile docker/api.Dockerfile: services/api/main.js',
      'compose api>dev: services/api/main.js',
    ]);
  });

  it('inherits from a named stage', () => {
    const found = launchesOf({
      ...app,
      'package.json': manifest({}),
      Dockerfile: 'FROM node:20 AS base\nWORKDIR /app\nCOPY . .\nCMD ["node", "app.js"]\nFROM base AS prod\nENV NODE_ENV=production\n',
    });
    expect(found.at(-1)).toBe('dockerfile prod: app.js | -');
    expect(found[0]).toContain('dockerfile base: app.js | Dockerfile: CMD ["node", "--import", "./x.mjs", "app.js"]');
  });

  it('follows a shell script to its last command', () => {
    const files = {
      ...app,
      'docker/entry.sh': `${bash}export A=1\nif [ "$MIGRATE" ]; then\n  node migrate.js\nfi\nexec node app.js "$@"\n`,
    };
    const found = launchesOf({ ...files, Dockerfile: docker('COPY docker/entry.sh /entry.sh\nENTRYPOINT ["/entry.sh"]') });
    expect(found.at(-1)).toBe('dockerfile Dockerfile>docker/entry.sh: app.js | docker/entry.sh: exec node --import ./x.mjs app.js "$@"');
  });

  it('follows each branch of a case', () => {
    const files = {
      ...app,
      'worker.js': server,
      'run.sh': `${bash}case "$1" in\n  web) exec node app.js ;;\n  worker) exec node worker.js ;;\nesac\n`,
    };
    const found = launchesOf({ ...files, Dockerfile: docker('ENTRYPOINT ["bash", "run.sh"]') });
    expect(found.filter((each) => each.startsWith('dockerfile')).map((each) => each.split(': ')[1])).toEqual([
      'app.js | run.sh',
      'worker.js | run.sh',
    ]);
  });

  it('reports a shell script that only knows its file at run time', () => {
    const files = {
      'package.json': manifest({}),
      'app.js': '',
      'run.sh': `${bash}nodejs $APP_NAME\n`,
      Dockerfile: docker('CMD ["./run.sh"]'),
    };
    expect(problemsOf(files)).toEqual(['TW1007 Dockerfile:4']);
  });

  it.each([
    ['CMD ["npm", "start"]', 'exec "$@"', 'dockerfile Dockerfile>entry.sh>start: app.js | -'],
    ['CMD ["npm", "start"]', 'exec gosu node "$@"', 'dockerfile Dockerfile>entry.sh>start: app.js | -'],
    [
      'CMD ["node", "app.js"]',
      `exec tini -- "\${@}"`,
      'dockerfile Dockerfile>entry.sh: app.js | Dockerfile: CMD ["node", "--import", "./x.mjs", "app.js"]',
    ],
    ['CMD ["app.js"]', 'exec node "$1"', 'dockerfile Dockerfile>entry.sh: app.js | entry.sh: exec node --import ./x.mjs "$1"'],
    [
      'CMD ["node", "app.js"]',
      'if [ "$1" = node ]; then\n  exec "$@"\nfi',
      'dockerfile Dockerfile>entry.sh: app.js | Dockerfile: CMD ["node", "--import", "./x.mjs", "app.js"]',
    ],
  ])('goes on to %s where the entry script says %s', (cmd, line, expected) => {
    const found = launchesOf({
      'package.json': manifest({ start: 'node app.js' }),
      'app.js': server,
      'make.js': 'console.log(JSON.stringify(process.env))',
      'entry.sh': `${bash}node ./make.js > ./config.json\nnode make.js | tee -a public/env.js\n${line}\n`,
      Dockerfile: docker(`ENTRYPOINT ["bash", "entry.sh"]\n${cmd}`),
    });
    expect(found.filter((each) => each.startsWith('dockerfile'))).toEqual([expected]);
  });

  it('does not take what writes a file for the program', () => {
    const scripts = { start: 'node make.js > config.json', 'start:log': 'node app.js >> logs/out.log 2>&1' };
    expect(launchesOf({ 'package.json': manifest(scripts), 'app.js': server, 'make.js': '' })).toEqual([
      'script start:log: app.js | package.json: "start:log": "node --import ./x.mjs app.js >> logs/out.log 2>&1"',
    ]);
  });

  it('takes the folder in which the copied files exist for the context', () => {
    const files = {
      'apps/api/package.json': manifest({}),
      'apps/api/main.js': server,
      'package.json': manifest({}, { workspaces: ['apps/*'] }),
    };
    const found = launchesOf({
      ...files,
      'apps/api/Dockerfile': 'FROM node:20\nWORKDIR /app\nCOPY apps/api ./api\nCMD ["node", "api/main.js"]\n',
    });
    expect(found).toEqual([
      'dockerfile apps/api/Dockerfile: apps/api/main.js | apps/api/Dockerfile: CMD ["node", "--import", "./x.mjs", "api/main.js"]',
    ]);
  });
});

describe('compose', () => {
  const files = {
    'package.json': manifest({ start: 'node app.js', watch: 'nodemon app.js' }),
    'app.js': server,
    Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["npm", "run"]\n',
  };
  const shared = { ...files, 'jobs/worker.js': server, Dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nCMD ["node", "app.js"]\n' };
  const worker = 'compose worker: jobs/worker.js | ';

  it.each([
    ['a merge key', 'x-job: &job\n  build: .\n  command: ["node", "jobs/worker.js"]\nservices:\n  worker: { <<: *job }\n'],
    [
      'a list of merge keys, the first of which wins',
      'x-a: &a\n  command: ["node", "jobs/worker.js"]\nx-b: &b\n  build: .\n  command: ["node", "app.js"]\nservices:\n  worker:\n    <<: [*a, *b]\n',
    ],
    [
      'a service it extends',
      'services:\n  base:\n    build: .\n    command: ["node", "jobs/worker.js"]\n    extends: base\n  worker:\n    extends: base\n',
    ],
  ])('reads the command of a service from %s', (_what, text) => {
    const found = launchesOf({ ...shared, 'compose.yaml': text });
    expect(found.some((each) => each.startsWith(worker))).toBe(true);
    // Services that share a command share the place for its flags.
    expect(found.filter((each) => each.endsWith('compose.yaml: command: ["node", "--import", "./x.mjs", "jobs/worker.js"]'))).toHaveLength(
      1,
    );
  });

  it('reads the command of a service that another file extends', () => {
    const found = launchesOf({
      ...shared,
      'deploy/compose.yaml': 'services:\n  worker:\n    extends: { file: ../common.yml, service: job }\n',
      'common.yml': 'services:\n  job:\n    build: .\n    command: ["node", "jobs/worker.js"]\n',
    });
    expect(found).toContain(`${worker}common.yml: command: ["node", "--import", "./x.mjs", "jobs/worker.js"]`);
  });

  const compose = (service: string): string => `services:\n  web:\n    ${service.replaceAll('\n', '\n    ')}\n`;
  const rows: [service: string, line: string][] = [
    ['image: node:20\nvolumes: [".:/app"]\nworking_dir: /app\ncommand: node app.js', 'command: node --import ./x.mjs app.js'],
    ['image: node:20\ncommand: "nodemon --inspect=0.0.0.0 app.js"', 'command: "nodemon --import ./x.mjs --inspect=0.0.0.0 app.js"'],
    ['image: node:20\ncommand: ["node", "app.js"]', 'command: ["node", "--import", "./x.mjs", "app.js"]'],
    ['image: node:20\ncommand: [node, app.js]', 'command: [node, "--import", "./x.mjs", app.js]'],
    [
      'image: node:20\ncommand: sh -c "until nc -z db 5432; do sleep 1; done; node app.js"',
      'command: sh -c "until nc -z db 5432; do sleep 1; done; node --import ./x.mjs app.js"',
    ],
    ["image: node:20\ncommand: bash -c 'node seed.js && node app.js'", "command: bash -c 'node seed.js && node --import ./x.mjs app.js'"],
    [
      'image: node:20\ncommand: ./wait-for-it.sh db:5432 -- node app.js',
      'command: ./wait-for-it.sh db:5432 -- node --import ./x.mjs app.js',
    ],
    ['image: node:20\ncommand: >\n  node\n  app.js', 'node --import ./x.mjs'],
    ['image: node:20\ncommand:\n  - node\n  - app.js', '- node'],
    ['build: .\ncommand: ["watch"]', '-'],
    ['image: node:20\ncommand: npm run watch', '-'],
  ];

  it.each(rows)('%j', (service, line) => {
    const found = launchesOf({ ...files, 'docker-compose.yml': compose(service) }).filter((each) => each.startsWith('compose'));
    expect(found).toEqual([expect.stringMatching(/^compose web(>watch)?: app\.js \| /)]);
    expect(found[0]?.split(' | ')[1]?.split('\n')[0]).toBe(line === '-' ? '-' : `docker-compose.yml: ${line}`);
  });

  it('adds elements to a YAML list with its own indentation', () => {
    const [, found = ''] = launchesOf({
      ...files,
      'package.json': manifest({}),
      'compose.yaml': compose('image: node:20\ncommand:\n  - node\n  - app.js'),
    })
      .map((each) => each)
      .concat('');
    const text =
      launchesOf({
        ...files,
        'package.json': manifest({}),
        'compose.yaml': compose('image: node:20\ncommand:\n  - node\n  - app.js'),
      }).join('\n') + found;
    expect(text).toContain('- node\n      - --import\n      - ./x.mjs');
  });
});

describe('other ways to start', () => {
  const files = { 'package.json': manifest({ prod: 'node app.js' }), 'app.js': server, 'worker.js': server };

  it('reads a Procfile', () => {
    const found = launchesOf({ ...files, Procfile: 'release: node migrate.js\nweb: npm run prod\nworker: node worker.js\n' }).filter(
      (each) => each.startsWith('procfile'),
    );
    expect(found).toEqual([
      'procfile web>prod: app.js | -',
      'procfile worker: worker.js | Procfile: worker: node --import ./x.mjs worker.js',
    ]);
  });

  it.each([
    [
      'ecosystem.config.js',
      "module.exports = {\n  apps: [\n    {\n      name: 'api',\n      script: './app.js',\n    },\n  ],\n};\n",
      "node_args: '--import ./x.mjs',\n      script: './app.js'",
    ],
    [
      'ecosystem.config.cjs',
      "module.exports = {\n  apps: [{ script: 'app.js', name: 'api',\n      node_args: '--inspect' }],\n};\n",
      "node_args: '--import ./x.mjs --inspect' }]",
    ],
    [
      'ecosystem.config.js',
      "module.exports = {\n  apps: [{ script: 'app.js', name: 'api',\n      node_args: ['--inspect'] }],\n};\n",
      "node_args: ['--import', './x.mjs', '--inspect'] }]",
    ],
    [
      'pm2.json',
      '{\n  "apps": [\n    { "name": "api", "script": "app.js" }\n  ]\n}\n',
      '{ "name": "api", "node_args": "--import ./x.mjs", "script": "app.js" }',
    ],
    [
      'ecosystem.config.js',
      "module.exports = { apps: [{ name: 'api', script: 'app.js', exec_mode: 'cluster', instances: 'max' }] };\n",
      '-',
    ],
    ['ecosystem.config.js', "export const apps = [{ name: 'api', script: 'app.js', instances: 2 }];\n", '-'],
  ])('reads PM2 %s %#', (file, text, line) => {
    const found = launchesOf({ ...files, [file]: text }).filter((each) => each.startsWith('pm2'));
    expect(found).toEqual([`pm2 api: app.js | ${line === '-' ? '-' : `${file}: ${line}`}`]);
  });

  it.each([
    ["script: 'ts-node', args: '-r tsconfig-paths/register --transpile-only src/main.ts'", 'pm2 api: src/main.ts | -'],
    ["script: 'node_modules/.bin/tsx', args: 'src/main.ts', interpreter: 'none'", 'pm2 api: src/main.ts | -'],
    ["script: 'npx', args: 'tsx src/main.ts'", 'pm2 api: src/main.ts | -'],
  ])('follows the program that PM2 starts: %s', (app, line) => {
    const text = `module.exports = { apps: [{ name: 'api', exec_mode: 'cluster', ${app} }] };\n`;
    const all = { ...files, 'src/main.ts': server, 'ecosystem.config.js': text };
    expect(launchesOf(all).filter((each) => each.startsWith('pm2'))).toEqual([line]);
    expect(problemsOf(all)).toEqual([]);
  });

  it.each([
    ['deploy/ecosystem.config.js', "script: 'app.js'", 'app.js'],
    ['deploy/pm2.local.config.cjs', "script: 'app.js', cwd: '.'", 'app.js'],
    ['deploy/pm2.json.js', "script: './server.js', cwd: 'apps/api'", 'apps/api/server.js'],
    ['deploy/ecosystem.config.js', "script: 'server.js', cwd: __dirname + '/../apps/api'", '?'],
  ])('finds what PM2 is called from: %s, %s', (file, app, entry) => {
    const all = {
      ...files,
      'apps/api/server.js': server,
      [file]: `module.exports = { apps: [{ name: 'api', exec_mode: 'cluster', ${app} }] };\n`,
    };
    expect(launchesOf(all).filter((each) => each.startsWith('pm2 api'))).toEqual([`pm2 api: ${entry} | -`]);
  });

  it('takes the PM2 configuration of the folder where it is named, not those of services beside it', () => {
    const service = (dir: string): Record<string, string> => ({
      [`${dir}/package.json`]: manifest({ start: 'pm2-runtime start ecosystem.config.js' }),
      [`${dir}/app.js`]: server,
      [`${dir}/ecosystem.config.js`]: "module.exports = { apps: [{ name: 'app', script: 'app.js' }] };\n",
      [`${dir}/Dockerfile`]: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["pm2-runtime", "start", "ecosystem.config.js"]\n',
    });
    const found = launchesOf({ ...service('orders'), ...service('stock') }).map((each) => each.replace(/ \|.*/, ''));
    const own = (dir: string): string[] => [
      `script start>ecosystem.config.js: ${dir}/app.js`,
      `dockerfile ${dir}/Dockerfile>ecosystem.config.js: ${dir}/app.js`,
      `pm2 app: ${dir}/app.js`,
    ];
    expect(found.sort()).toEqual([...own('orders'), ...own('stock')].sort());
  });

  it.each([
    ['node $NODE_OPTS app.js', 'script start: app.js'],
    ['node $NODE_ARGS app.js', 'script start: app.js'],
    ['ts-node-dev --rs --notify false src/main.ts', 'script start: src/main.ts'],
    ['node check.js && npx prisma migrate deploy', ''],
    ['node app.js; echo stopped', 'script start: app.js'],
    ['pm2 start app.js && pm2 logs', 'script start: app.js'],
    ['pm2-runtime start run.sh', 'script start>run.sh: app.js'],
  ])('%s leads to what it leaves running', (start, expected) => {
    const all = {
      ...files,
      'package.json': manifest({ start }),
      'src/main.ts': server,
      'check.js': 'process.exit(0);\n',
      'run.sh': 'node app.js\n',
    };
    const found = launchesOf(all).map((each) => each.replace(/ \|.*/, ''));
    expect(found.filter((each) => each.startsWith('script')).join()).toBe(expected);
  });

  it('does not take what an entry point of an image does first for its program', () => {
    const steps = '#!/bin/bash -e\nnode ./check.js\nif [ -f .env ]; then\n  export A=b\nfi\nexec "$@"\n';
    const image =
      'FROM node:20 AS base\nWORKDIR /app\nCOPY . /app\nENTRYPOINT ["./entry.sh"]\n\nFROM base AS prod\nCMD ["node", "app.js"]\n';
    const all = { ...files, 'check.js': "console.log('checked');\n", 'entry.sh': steps, Dockerfile: image };
    expect(
      launchesOf(all)
        .filter((each) => each.startsWith('dockerfile'))
        .map((each) => each.replace(/ \|.*/, '')),
    ).toEqual(['dockerfile prod>entry.sh: app.js']);
    expect(problemsOf(all)).toEqual([]);
  });

  it('finds the program of an image that is built from the folder around its own', () => {
    const image =
      'FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm i\n\nFROM node:20\nCOPY --from=build /app/build /app/build\n' +
      'ENTRYPOINT ["node", "./src/main.js"]\nWORKDIR /app/build\nCMD [""]\n';
    const tsconfig = '{ "compilerOptions": { "outDir": "build", "rootDir": ".", "module": "commonjs" } }\n';
    const all = { ...files, 'tsconfig.json': tsconfig, 'src/main.ts': server, 'docker/prod/Dockerfile': image };
    expect(
      launchesOf(all)
        .filter((each) => each.startsWith('dockerfile'))
        .map((each) => each.replace(/ \|.*/, '')),
    ).toEqual(['dockerfile docker/prod/Dockerfile: src/main.ts']);
  });

  it('says so when a PM2 script is computed', () => {
    expect(problemsOf({ ...files, 'ecosystem.config.js': 'module.exports = { apps: [{ script: file() }] };\n' })).toEqual([
      'TW1012 ecosystem.config.js:1',
    ]);
  });

  it('reads Kubernetes manifests', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: shop:1\n          command: ["node", "app.js"]\n';
    const found = launchesOf({ ...files, 'k8s/deployment.yaml': text }).filter((each) => each.startsWith('kubernetes'));
    expect(found).toEqual(['kubernetes shop: app.js | k8s/deployment.yaml: command: ["node", "--import", "./x.mjs", "app.js"]']);
  });

  it('reads systemd units', () => {
    const text = '[Service]\nWorkingDirectory=/srv/shop\nExecStart=/usr/bin/node /srv/shop/app.js\n';
    const found = launchesOf({ ...files, 'shop.service': text }).filter((each) => each.startsWith('systemd'));
    expect(found).toEqual(['systemd shop.service: app.js | shop.service: ExecStart=/usr/bin/node --import ./x.mjs /srv/shop/app.js']);
  });

  it.each([
    ['ops/agent.service', '/opt/shop/agent', 'index.js', 'agent/index.js'],
    ['ops/bot.service', '/opt/elsewhere', 'src/bot.js', 'src/bot.js'],
    ['ops/other.service', '/opt/other', 'index.js', '?'],
  ])('finds the folder of a systemd unit: %s', (file, folder, script, entry) => {
    const all = { 'agent/package.json': '{}', 'agent/index.js': server, 'src/bot.js': server, 'index.js': server };
    const text = `[Service]\nWorkingDirectory=${folder}\nExecStart=/usr/bin/node ${script}\n`;
    const found = launchesOf({ ...files, ...all, [file]: text }).filter((each) => each.startsWith('systemd'));
    expect(found.map((each) => each.split(' | ')[0])).toEqual([`systemd ${file.slice(4)}: ${entry}`]);
  });

  it('reads handlers of serverless.yml', () => {
    const found = launchesOf({
      ...files,
      'src/hello.js': 'exports.handler = () => {};\n',
      'serverless.yml': 'functions:\n  hello:\n    handler: src/hello.handler\n',
    });
    expect(found).toContain('serverless hello: src/hello.js | -');
  });

  it('reads handlers of a template of AWS SAM', () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs20.x }
Resources:
  Hello: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: hello/, Handler: app.handler } }
  Python: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: py/, Handler: app.handler, Runtime: python3.12 } }
  Typed:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: typed.main }
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [src/typed.ts] } }
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: !Ref Hello } }
`;
    const found = launchesOf({
      ...files,
      'hello/package.json': '{ "name": "hello" }',
      'hello/app.js': 'exports.handler = () => {};\n',
      'src/typed.ts': 'export const main = async () => {};\n',
      'template.yaml': text,
    }).filter((each) => each.startsWith('serverless'));
    expect(found.toSorted()).toEqual(['serverless Hello: hello/app.js | -', 'serverless Typed: src/typed.ts | -']);
  });

  it('reads functions in stacks of the AWS CDK', () => {
    const stack = `import * as path from 'node:path';
import { aws_lambda as old, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';

export class Shop extends Stack {
  constructor(scope: never, id: string) {
    super(scope, id);
    new NodejsFunction(this, 'one', { entry: path.join(__dirname, '../functions/one.ts'), runtime: lambda.Runtime.NODEJS_20_X });
    new NodejsFunction(this, 'beside', { runtime: lambda.Runtime.NODEJS_20_X });
    new lambda.Function(this, 'two', { code: lambda.Code.fromAsset('functions/two'), handler: 'index.handler' });
    new lambda.Function(this, 'py', { code: lambda.Code.fromAsset('py'), handler: 'index.handler', runtime: lambda.Runtime.PYTHON_3_12 });
    new old.Function(this, 'computed', { code: lambda.Code.fromBucket(id), handler: id });
  }
}
`;
    const found = launchesOf({
      ...files,
      'lib/shop.ts': stack,
      'lib/shop.beside.ts': 'export const handler = async () => {};\n',
      'functions/one.ts': 'export const handler = async () => {};\n',
      'functions/two/index.js': 'exports.handler = async () => {};\n',
    }).filter((each) => each.startsWith('serverless'));
    expect(found.toSorted()).toEqual([
      'serverless beside: lib/shop.beside.ts | -',
      'serverless one: functions/one.ts | -',
      'serverless two: functions/two/index.js | -',
    ]);
  });
});

describe('nothing that starts it', () => {
  it('takes main when it listens', () => {
    expect(
      launchesOf({
        'package.json': '{ "name": "a", "main": "lib/index.js" }',
        'lib/index.js': "require('./server');",
        'lib/server.js': server,
      }),
    ).toEqual(['main main: lib/index.js | -']);
  });

  it('takes a lone server file that listens', () => {
    expect(launchesOf({ 'package.json': '{ "name": "a" }', 'app.js': server })).toEqual(['main main: app.js | -']);
  });

  it('leaves libraries and front ends alone', () => {
    const examples = {
      'package.json': manifest({ dev: 'nodemon examples/app.js', example: 'node example.js' }, { main: 'index.js' }),
      'index.js': '',
    };
    expect(launchesOf({ ...examples, 'examples/app.js': server, 'example.js': server })).toEqual([]);
    expect(launchesOf({ 'package.json': '{ "name": "lib", "main": "index.js" }', 'index.js': 'module.exports = () => 1;' })).toEqual([]);
    const front = { 'package.json': manifest({ start: 'react-scripts start' }), 'src/index.js': "import React from 'react';" };
    expect(launchesOf(front)).toEqual([]);
    expect(problemsOf(front)).toEqual(['TW1011 package.json:4']);
  });
});
