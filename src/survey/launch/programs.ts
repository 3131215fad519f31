import { nodeValued } from './node-options.ts';

/** How a program that runs a file reads its command line. */
export interface Runner {
  /** True when Node flags may follow its name. */
  readonly takesNodeFlags: boolean;
  /** Options whose value is the next word. */
  readonly valued: readonly string[];
  /** Words between the name and the options: `tsx watch`, `forever start`. */
  readonly verbs: readonly string[];
  /** True when it restarts the program on change. */
  readonly watches: boolean;
}

const tsNodeValued = [
  '-P',
  '--project',
  '-O',
  '--compiler-options',
  '--compilerOptions',
  '-C',
  '--compiler',
  '-I',
  '--ignore',
  '--dir',
  '--cwd',
  '-D',
];

const plain = { takesNodeFlags: true, valued: nodeValued, verbs: [] as readonly string[], watches: false };
const tsNode = { ...plain, takesNodeFlags: false, valued: [...nodeValued.filter((each) => each !== '-C'), ...tsNodeValued] };

/** Programs that run a script with Node.js. */
export const runners: Readonly<Record<string, Runner>> = {
  node: { ...plain, verbs: ['inspect', 'debug'] },
  nodejs: plain,
  'node.exe': plain,
  tsx: { ...plain, valued: [...nodeValued, '--tsconfig', '--ignore', '--exclude', '--include'], verbs: ['watch'] },
  'ts-node': tsNode,
  'ts-node-esm': tsNode,
  'ts-node-script': tsNode,
  'ts-node-transpile-only': tsNode,
  'ts-node-dev': { ...tsNode, watches: true, valued: [...tsNode.valued, '--watch', '--ignore-watch', '--interval', '--debounce'] },
  tsnd: { ...tsNode, watches: true, valued: [...tsNode.valued, '--watch', '--ignore-watch', '--interval', '--debounce'] },
  'babel-node': {
    ...plain,
    valued: [...nodeValued, '-x', '--extensions', '--presets', '--plugins', '--config-file', '-o', '--only', '-i', '--ignore'],
  },
  'swc-node': plain,
  'vite-node': { ...plain, takesNodeFlags: false, valued: ['-c', '--config', '-m', '--mode', '--root', '-r'] },
  esno: plain,
  'esbuild-runner': { ...plain, takesNodeFlags: false },
  esr: { ...plain, takesNodeFlags: false },
  'node-dev': { ...plain, watches: true },
  coffee: { ...plain, takesNodeFlags: false },
  supervisor: {
    ...plain,
    takesNodeFlags: false,
    watches: true,
    valued: ['-w', '-i', '-e', '-x', '-p', '-n', '--watch', '--ignore', '--extensions'],
  },
  forever: {
    ...plain,
    takesNodeFlags: false,
    verbs: ['start', 'restart'],
    valued: [
      '-c',
      '-l',
      '-o',
      '-e',
      '-m',
      '-p',
      '--uid',
      '--append',
      '--sourceDir',
      '--workingDir',
      '--minUptime',
      '--spinSleepTime',
      '--pidFile',
    ],
  },
  nodemon: {
    ...plain,
    // `nodemon node app.js`: it takes the first word that is a file.
    verbs: ['node'],
    watches: true,
    valued: [
      ...nodeValued,
      '-w',
      '--watch',
      '-e',
      '--ext',
      '-x',
      '--exec',
      '-i',
      '--ignore',
      '-d',
      '--delay',
      '--config',
      '--cwd',
      '--signal',
      '-s',
    ],
  },
};

/** Programs in front of a command, with the options whose value is the next word; `--` always ends their part. */
export const wrappers: Readonly<Record<string, readonly string[]>> = {
  exec: [],
  command: [],
  nohup: [],
  time: [],
  nice: ['-n', '--adjustment'],
  ionice: ['-c', '-n', '--class', '--classdata'],
  chrt: ['-p', '-T', '-P', '-D'],
  taskset: [],
  numactl: ['-N', '-m', '-C', '-i', '-p'],
  prlimit: [],
  unbuffer: ['-p'],
  flock: ['-w', '--timeout', '--wait', '-E', '--conflict-exit-code'],
  'xvfb-run': [
    '-e',
    '--error-file',
    '-f',
    '--auth-file',
    '-n',
    '--server-num',
    '-p',
    '--xauth-protocol',
    '-s',
    '--server-args',
    '-w',
    '--wait',
  ],
  caffeinate: ['-t', '-w'],
  chpst: ['-u', '-U', '-b', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-r', '-t'],
  setpriv: [],
  runuser: ['-u', '--user', '-g', '--group', '-G'],
  corepack: [],
  volta: ['--node', '--npm', '--yarn', '--pnpm'],
  fnm: ['--using'],
  nvm: [],
  nodenv: [],
  asdf: [],
  mise: [],
  setsid: [],
  stdbuf: [],
  env: ['-u', '--unset', '-C'],
  'cross-env': [],
  'cross-env-shell': [],
  'env-cmd': ['-f', '--file', '-e', '--environments', '-r', '--rc-file'],
  dotenv: ['-e', '-c', '-v', '-p', '--env'],
  dotenvx: ['-f', '--env-file', '-fv', '-fk', '-e', '--env'],
  'dotenv-flow': [],
  'dotenv-run-script': [],
  'with-env': [],
  'better-npm-run': [],
  doppler: ['-c', '-p', '--project', '--config', '--token'],
  op: ['--env-file', '--account'],
  infisical: ['--env', '--path', '--projectId'],
  chamber: [],
  dapr: [
    '--app-id',
    '--app-port',
    '--app-protocol',
    '--dapr-http-port',
    '--dapr-grpc-port',
    '--components-path',
    '--resources-path',
    '--config',
    '-f',
    '-a',
    '-p',
    '-H',
    '-G',
    '-d',
  ],
  'dumb-init': ['-r', '--rewrite'],
  tini: ['-p', '-e', '-r', '-w'],
  'tini-static': ['-p', '-e'],
  catatonit: [],
  's6-svscan': [],
  'with-contenv': [],
  'su-exec': [],
  gosu: [],
  sudo: ['-u', '-g'],
  timeout: ['-s', '-k'],
  'docker-entrypoint.sh': [],
  dockerize: ['-wait', '-timeout', '-wait-retry-interval', '-template', '-stdout', '-stderr', '-wait-http-header', '-delims'],
  npx: ['-p', '--package'],
  pnpx: [],
  c8: [],
  nyc: ['-r', '--reporter', '--require'],
  '0x': [],
  clinic: [],
};

/** Wrappers whose first plain word is their own: `su-exec node cmd`, `timeout 10 cmd`, `doppler run cmd`. */
export const ownWords: Readonly<Record<string, number>> = {
  'su-exec': 1,
  taskset: 1,
  chrt: 1,
  flock: 1,
  volta: 1,
  fnm: 1,
  nvm: 2,
  nodenv: 1,
  asdf: 1,
  gosu: 1,
  timeout: 1,
  doppler: 1,
  op: 1,
  infisical: 1,
  chamber: 2,
  dapr: 1,
  dotenvx: 1,
  clinic: 1,
};

/** Development servers and tools of front ends: they start Node.js, but no file of this repository in it. */
export const frontEnds: ReadonlySet<string> = new Set(
  (
    'react-scripts react-app-rewired craco vite next nuxt nuxi ng vue-cli-service gatsby webpack-dev-server parcel expo react-native astro remix ' +
    'svelte-kit storybook start-storybook http-server serve live-server docusaurus wrangler ionic quasar electron rsbuild umi snowpack preact wmr browser-sync lite-server'
  ).split(' '),
);

/** Programs that load the user's code themselves: there is no entry file. */
export const hosts: ReadonlySet<string> = new Set(
  (
    'fastify moleculer-runner functions-framework functions-framework-nodejs func sails strapi medusa serverless sls sst nps gulp grunt ' +
    'fabric-chaincode-node listhen backpack vercel netlify firebase micro adonis ace redwood meteor kyt'
  ).split(' '),
);
