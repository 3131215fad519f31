import { cohortFor } from '../cohort/index.ts';
import type { Package, PlanOptions, Survey } from '../contract/index.ts';
import { compositionOf, createPlan, diffPlan, leftTasks, shippedWorkbench } from '../engine/index.ts';
import { listCodemods } from '../registry/index.ts';
import type { Look } from './look.ts';

/** The version that a service below the oldest which can be traced is told to move to. */
export const supposedNode = '22';

/**
 * What would be planned if every package ran on a Node.js version that can be traced. It is shown and never applied: a plan is for the tree
 * as it is, and there nothing can be done yet.
 */
export function lookOnNewerNode(root: string, options: PlanOptions): Look {
  const shipped = shippedWorkbench();
  const stated = new Map<string, Package['node']>();
  const workbench = {
    ...shipped,
    takeSurvey: (repo: Parameters<typeof shipped.takeSurvey>[0]): Survey => {
      const survey = shipped.takeSurvey(repo);
      for (const { dir, node } of survey.packages) stated.set(dir, node);
      return { ...survey, packages: survey.packages.map(moved) };
    },
  };
  const plan = createPlan(root, options, workbench);
  const { survey } = compositionOf(root, plan, workbench);
  const packages = survey.packages.map((pkg) => withNode(pkg, stated.get(pkg.dir)));
  return {
    plan,
    survey: { ...survey, packages },
    codemods: listCodemods(),
    diffs: diffPlan(root, plan),
    left: leftTasks(root, plan, () => workbench),
  };
}

function moved(pkg: Package): Package {
  const { node } = pkg;
  if (node === undefined || cohortFor(node).status === 'fits') return pkg;
  const evidence = { ...node.evidence, file: `${node.evidence.file}, once it says so` };
  return withNode(pkg, { ...node, minimum: supposedNode, range: `${supposedNode}.x`, evidence });
}

function withNode({ node: _stated, ...pkg }: Package, node: Package['node']): Package {
  return node === undefined ? pkg : { ...pkg, node };
}
