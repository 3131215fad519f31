import { stringify } from 'yaml';
import type { NewService } from '../../contract/index.ts';
import { plainName } from '../check-answers.ts';
import { nodeLines } from '../node-lines.ts';
import type { TemplateFiles } from '../read-templates.ts';
import { composeOf, workflowOf } from './deployment.ts';
import { type Part, partsOf } from './parts.ts';

/** What stands above several services: how they are started together, and what they are asked. */
export function rootFiles(answers: NewService, templates: readonly TemplateFiles[]): Readonly<Record<string, string>> {
  const parts = partsOf(answers);
  const each = parts.map((part, at) => ({ ...part, files: templates[at]?.files ?? {} }));
  return {
    '.github/workflows/ci.yml': workflowOf(each, answers.node),
    '.gitignore': 'node_modules/\n.env\n*.log\n',
    'AGENTS.md': agentsText(parts),
    'README.md': readmeText(answers, parts),
    'compose.yaml': composeOf(each),
    'package.json': manifestText(answers, parts),
    'tracewright.yaml': setupText(parts),
  };
}

/** Where the last one asks; every other asks the next. */
export const STOCK = 'stock';

function setupText(parts: readonly Part[]): string {
  const services = parts.map(({ plain, folder }, at) => {
    const next = parts[at + 1];
    const url = next === undefined ? `\${services.${STOCK}.url}/stock` : `\${services.${next.plain}.url}/orders`;
    return { name: plain, dir: folder, env: { STOCK_URL: url } };
  });
  const stock = { name: STOCK, dir: parts.at(-1)?.folder, command: 'node dev/stock.mjs', env: { OTEL_SERVICE_NAME: STOCK } };
  return stringify({
    version: 1,
    services: [...services, stock],
    scenarios: [{ name: 'orders', requests: ['GET /orders/tea', { path: '/orders/nothing', expect: { status: 502 } }] }],
  });
}

function manifestText({ name, node }: NewService, parts: readonly Part[]): string {
  const run = (words: string): string => parts.map(({ folder }) => `npm ${words} --prefix ${folder}`).join(' && ');
  return `${JSON.stringify(
    {
      name,
      version: '0.1.0',
      private: true,
      engines: { node: nodeLines.find(({ major }) => major === node)?.range },
      scripts: {
        setup: run('ci'),
        build: run('run build'),
        test: run('test'),
        'test:traces': 'tracewright verify --frozen',
        check: `${run('run check')} && tracewright check`,
      },
    },
    undefined,
    2,
  )}\n`;
}

function readmeText({ name }: NewService, parts: readonly Part[]): string {
  const rows = parts.map(({ folder, plain }, at) => `| \`${folder}\` | ${plain}, asks ${parts[at + 1]?.plain ?? 'the stock service'} |`);
  return `# ${plainName(name)}

${parts.length} services that call each other, and one trace through all of them.

\`\`\`sh
npm run setup && npm test   # installs and tests each
tracewright verify          # starts all of them, asks the first, prints the trace
\`\`\`

\`docker compose up\` starts them with an OpenTelemetry collector and Jaeger (http://127.0.0.1:16686). Not run by our tests: images, compose, and the CI workflow.

| folder | what it is |
| --- | --- |
${rows.join('\n')}

Each folder is a service with a README of its own. \`tracewright.yaml\` says what is started together; \`tracewright record\` keeps its traces, \`npm run test:traces\` compares with them; \`npm run check\` asks whether tracing is still in place. Both need \`tracewright\` on the PATH; CI installs it as the services' READMEs say.
`;
}

function agentsText(parts: readonly Part[]): string {
  return `<!-- tracewright: begin -->
- ${parts.map(({ folder }) => `\`${folder}\``).join(', ')}: each a service with an AGENTS.md of its own; read that of the service you change.
- Before you finish: \`npm run build && npm test && npm run check && npm run test:traces\` here. What crosses services is in \`tracewright.yaml\` and its golden trace.
<!-- tracewright: end -->
`;
}
