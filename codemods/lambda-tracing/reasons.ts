/** One sentence per edit and task. */
export const reasons = {
  load: 'Loads the function that makes a span of each call of a handler.',
  trace: 'The platform gets the traced handler; what it sends is sent before the process is frozen.',
  unexport: 'It is exported below, traced; the handler itself and its name in stack traces stay.',
  unknown: (name: string): string => `What this file exports as ${name} cannot be told from the file, so its calls get no spans.`,
  unknownNext: (name: string): string => `Export it through traceLambda(${name}) from @tracewright/middleware/lambda.`,
  satisfied: 'Every handler of the deployment files is exported through traceLambda.',
  noHandler: 'No deployment file names an AWS Lambda handler.',
  noHandlerNext: 'Nothing to do.',
} as const;
