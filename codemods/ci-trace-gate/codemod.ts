import type { Codemod } from '../../src/contract/index.ts';
import { findSites } from './find-sites.ts';
import type { Site } from './home.ts';
import { reasons } from './reasons.ts';

const codemod: Codemod<Site> = {
  meta: {
    id: 'ci-trace-gate',
    title: 'Check traces in CI',
    description:
      'Adds `tracewright check` and, once golden traces are recorded, `tracewright verify --frozen` to the CI that runs the tests: steps or a job of GitHub Actions, a job of GitLab CI, else the script ci/trace-gate.sh. Other CI systems get a task with the line to add.',
    kind: 'test',
    scope: 'repository',
    targets: {},
    mentions: [],
    after: ['otel-bootstrap'],
    optIn: true,
  },
  expects: [],
  detect(repo, survey) {
    const sites = findSites(repo, survey);
    if (sites === undefined) return { status: 'unsupported', why: reasons.untraced, next: reasons.untracedNext };
    return sites.length === 0 ? { status: 'satisfied', why: reasons.satisfied } : { status: 'applies', sites };
  },
  plan(sites) {
    return {
      edits: sites.flatMap((site) => ('edit' in site ? [site.edit] : [])),
      tasks: sites.flatMap((site) => ('task' in site ? [site.task] : [])),
    };
  },
};

export default codemod;
