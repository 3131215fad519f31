/** One sentence per edit and task. */
export const reasons = {
  steps: (job: string): string => `Job ${job} runs the tests with a Node.js version that the gate runs on, so the gate follows them.`,
  noTests: 'No workflow runs the tests on a change, so the gate has a workflow of its own.',
  elsewhere: 'No job runs the tests of this folder, so the gate has a job of its own.',
  sharedSteps: (job: string): string =>
    `Job ${job} runs the tests in steps that it shares or that are not written as a block, so the gate has a job of its own.`,
  matrix: (job: string): string =>
    `Job ${job} runs the tests once for each entry of a matrix, so the gate has a job of its own and runs once.`,
  mayFail: (job: string): string => `Job ${job} runs the tests and may fail without consequence, so the gate has a job of its own.`,
  windows: (job: string): string => `Job ${job} runs the tests on Windows, so the gate has a job of its own.`,
  otherPath: (job: string): string => `Job ${job} checks the repository out into another folder, so the gate has a job of its own.`,
  unknownNode: (job: string): string =>
    `Job ${job} does not say which Node.js version it runs the tests with, so the gate has a job of its own.`,
  oldNode: (job: string, version: string): string =>
    `Job ${job} runs the tests with Node.js ${version}, which is too old for the gate, so the gate has a job of its own.`,
  notInstalled: (job: string): string => `Job ${job} does not install what every traced service needs, so the gate has a job of its own.`,
  otherStep: (job: string): string => `Job ${job} prepares more than an install before its tests; the job of the gate does not.`,
  otherStepNext: 'Copy this step into the job of the gate if the program needs it to start.',
  notCopied: (key: string, job: string): string =>
    `\`${key}\` of job ${job} was not copied into the job of the gate, which has no matrix and no container.`,
  notCopiedNext: 'Write there what the program needs to start.',
  flowJobs: 'The jobs of this workflow are not written as a block, so nothing can be added to them safely.',
  pasteSteps: (commands: readonly string[]): string =>
    `Add these as steps after the install: ${commands.map((command) => `\`- run: ${command}\``).join(', ')}.`,
  extended: (job: string): string => `The gate runs where and when ${job} runs the tests, with everything that ${job} sets.`,
  ownJob: 'No job runs the tests, so the gate has a job of its own.',
  ownJobBeside: (job: string): string => `${job} runs the tests in parallel or by hand, so the gate does not extend it.`,
  flowPipeline: 'This pipeline is not written as a block, so nothing can be added to it safely.',
  included: 'The tests run in a job of an included file, so its stage, image and install cannot be seen here.',
  pasteJob: (commands: readonly string[]): string =>
    `Add these to the script of the job that runs the tests: ${commands.map((command) => `\`- ${command}\``).join(', ')}.`,
  script: 'Holds the gate for any CI server: `sh ci/trace-gate.sh`, after the install. It is called through sh, so it needs no permission.',
  callScript: (system: string): string => `${system} does not run the gate yet.`,
  callScriptNext: (line: string): string => `Add this after the install and the tests, with Node.js 20.19 or later: ${line}`,
  verifyToo: 'Golden traces are recorded now, so CI compares with them, too.',
  checkToo: 'CI compares with the golden traces already; the check says without starting anything what is missing.',
  byHand: (part: string): string => `The gate lacks ${part}, and nothing can be added here safely.`,
  byHandNext: (command: string): string => `Run this as well: ${command}`,
  record: 'No golden trace is recorded for every scenario, so CI only checks; `verify --frozen` would fail.',
  recordNext: (folder: string): string =>
    `Run \`tracewright record ${folder}\`, commit what it wrote, then \`tracewright apply . --with ci-trace-gate\` adds \`verify --frozen\`.`,
  undeclared: (invocation: string): string =>
    `CI runs \`${invocation}\`, which never downloads: the name is not taken on the public registry yet, and a stranger could take it.`,
  undeclaredNext: (version: string): string =>
    `Put the packed tool under vendor/ (\`npm pack\` in its clone) and declare it: npm install --save-dev --save-exact ./vendor/tracewright-${version}.tgz`,
  unread: (why: string): string => `The file is no YAML that can be read (${why}), so the gate was not added to it.`,
  unreadNext: 'Correct it, then apply with the gate again.',
  satisfied: 'CI runs the gate.',
  untraced: 'Nothing here is migrated, so there is nothing for CI to watch.',
  untracedNext: 'Leave out --only, so that the same apply migrates it: tracewright apply . --with ci-trace-gate',
} as const;
