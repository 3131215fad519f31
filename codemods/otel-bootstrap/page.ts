import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'A Node.js program emits nothing until OpenTelemetry is started, with packages that fit each other, the Node.js version and the libraries in use. Versions that do not fit lose spans without an error; this chooses them from a table that is tested by real installs.',
  notFor:
    "Programs that another tracer or a platform already traces (Next.js, a vendor's agent, serverless functions): those are refused with the reason. A package that others install from a registry is refused, too.",
  example: 'adds-a-commonjs-bootstrap',
  provenBy: ['examples/legacy-express/golden/customers.json'],
};
