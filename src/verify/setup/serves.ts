import type { Repo, Route, Survey } from '../../contract/index.ts';
import { isServerFramework, libraryOf } from '../../libraries/index.ts';

const source = /\.[cm]?[jt]sx?$/;

/** What a program does that serves something. */
const opens = /\.listen\s*\(|createServer\s*\(|createSecureServer\s*\(|\bserve\s*\(/;

const worked: readonly unknown[] = ['queue', 'scheduler'];

/** Whether a package is a worker: it takes jobs or keeps a schedule, and nothing in it serves requests. When unsure, it is asked like a server. */
export function isWorker(repo: Repo, survey: Survey, routes: readonly Route[], dir: string): boolean {
  const pkg = survey.packages.find((each) => each.dir === dir);
  const services = survey.services.filter((service) => service.package === dir).map(({ name }) => name);
  if (pkg === undefined || routes.some(({ service }) => services.includes(service))) return false;
  const used = pkg.dependencies.filter(({ section }) => section !== 'devDependencies');
  if (used.some(({ name }) => isServerFramework(name)) || !used.some(({ name }) => worked.includes(libraryOf(name)?.role))) return false;
  const inner = survey.packages.map((each) => each.dir).filter((each) => each !== dir && (dir === '' || each.startsWith(`${dir}/`)));
  const own = repo.files.filter(
    (file) => source.test(file) && (dir === '' || file.startsWith(`${dir}/`)) && !inner.some((each) => file.startsWith(`${each}/`)),
  );
  return own.length > 0 && !own.some((file) => opens.test(repo.read(file) ?? ''));
}
