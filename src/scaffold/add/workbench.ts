import {
  type AddedPart,
  type Codemod,
  type Draft,
  middlewarePackage,
  type Package,
  type Repo,
  type Route,
  type Survey,
  TracewrightError,
} from '../../contract/index.ts';
import { shippedWorkbench, type Workbench } from '../../engine/index.ts';
import { listCodemods } from '../../registry/index.ts';
import { type Look, look } from '../../review/index.ts';
import { addClient } from './add-client.ts';
import { addCollector, addDockerfile } from './add-deployment.ts';
import { addQueue } from './add-queue.ts';
import { addRoute } from './add-route.ts';
import { addGoldenTest } from './add-scenario.ts';
import { checkAsked, partKinds } from './asked.ts';
import type { Addition, Facts } from './facts.ts';

const adders: Readonly<Record<AddedPart['part'], (facts: Facts, subject: string) => Addition>> = {
  route: addRoute,
  client: addClient,
  job: (facts, name) => addQueue('job', facts, name),
  producer: (facts, name) => addQueue('producer', facts, name),
  consumer: (facts, name) => addQueue('consumer', facts, name),
  'test-with-golden-trace': addGoldenTest,
  dockerfile: addDockerfile,
  collector: addCollector,
};

/** What adds a part to a service that is traced already. */
export function addWorkbench(asked: AddedPart): Workbench {
  const kind = partKinds.find(({ id }) => id === asked.part);
  checkAsked(asked.part, asked.subject);
  const adding: Codemod = {
    meta: {
      id: `add-${asked.part}`,
      title: kind?.title ?? asked.part,
      description: '',
      kind: 'scaffold',
      scope: 'repository',
      targets: {},
      // Whatever holds a route may be edited.
      mentions: [],
      after: [],
    },
    expects: [],
    detect: () => ({ status: 'applies', sites: [asked.part] }),
    plan: (_sites, repo, survey): Draft => adders[asked.part](factsOf(asked, repo, survey), asked.subject ?? ''),
  };
  return { ...shippedWorkbench(), codemods: [adding] };
}

/** Plans a part. Writes nothing. Throws TW1106 to TW1108. */
export function planPart(root: string, asked: AddedPart): { readonly found: Look; readonly workbench: Workbench } {
  const workbench = addWorkbench(asked);
  return { found: look(root, { only: [], skip: [], add: asked }, workbench), workbench };
}

function factsOf({ service }: AddedPart, repo: Repo, survey: Survey): Facts {
  const traced = survey.packages.filter((one) => one.dependencies.some(({ name }) => name === middlewarePackage));
  const chosen = traced.filter(({ dir }) => service === undefined || dir === service);
  const [one, ...others] = chosen;
  if (one === undefined)
    throw new TracewrightError(
      'TW1108',
      service === undefined ? 'nothing here depends on the middleware' : `${service} does not depend on the middleware`,
    );
  if (others.length > 0)
    throw new TracewrightError('TW1107', `there are several services: ${traced.map(({ dir }) => dir || '.').join(', ')}`, {
      next: `Name one: \`--service ${one.dir}\`. Nothing was written.`,
    });
  const routes = listCodemods().flatMap((codemod) => codemod.routes?.(repo, survey) ?? []);
  return { repo, survey, package: one, routes: routes.filter((route) => isOf(one, route, survey)), ...formOf(one, repo) };
}

function isOf({ dir }: Package, { evidence }: Route, { packages }: Survey): boolean {
  const owners = packages.filter((other) => other.dir === '' || evidence.file.startsWith(`${other.dir}/`));
  return owners.sort((a, b) => b.dir.length - a.dir.length)[0]?.dir === dir;
}

/** How its files are written. */
function formOf({ dir, manifest }: Package, repo: Repo): Pick<Facts, 'extension' | 'isModule' | 'sources'> {
  const inside = dir === '' ? '' : `${dir}/`;
  const own = repo.files.filter((file) => file.startsWith(inside)).map((file) => file.slice(inside.length));
  const extension = own.some((file) => file === 'tsconfig.json') ? 'ts' : 'js';
  const { type }: { type?: string } = JSON.parse(repo.read(manifest) ?? '{}');
  const sources = own.some((file) => /^src\/[^/]+\.[jt]s$/.test(file)) ? 'src/' : '';
  return { extension, isModule: type === 'module' || extension === 'ts', sources };
}
