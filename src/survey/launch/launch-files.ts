import type { Node } from 'yaml';
import type { Dockerfile, Launch } from '../../contract/index.ts';
import { baseName, dirOf, joinPath, upwards } from '../read/paths.ts';
import { lineAt } from '../read/reading.ts';
import { readYaml, type YamlText, yamlAt, yamlItems, yamlStart, yamlString } from '../read/yaml-text.ts';
import type { Stated } from './compose/services.ts';
import { dockerPlace, type Layer, layersOf } from './container-paths.ts';
import { type FoundLaunch, launchText, type Start, toLaunches, trailOf } from './launch.ts';
import { launchNodes, yamlWords } from './launch-compose.ts';
import { execWords } from './launch-docker.ts';
import { followEntryWord, startsNode } from './launch-words.ts';
import { hostPlace, type Place, type Surroundings, tails } from './trail.ts';

/** A stretch of one line that is a shell command. */
interface Line {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly cwd?: string;
}

function launchLine(kind: Launch['kind'], file: string, line: Line, purpose: Launch['purpose'], around: Surroundings): FoundLaunch[] {
  const raw = around.reading.repo.read(file) ?? '';
  const text = raw.slice(line.start, line.end);
  const cwd = dirOf(file);
  const place = line.cwd === undefined ? hostPlace(cwd) : placeElsewhere(line.cwd, cwd, around);
  const start: Start = { kind, name: line.name, command: text, cwd, place, purpose, evidence: { file, line: lineAt(raw, line.start) } };
  return launchText(start, { file, text, offsets: Array.from({ length: text.length + 1 }, (_each, index) => line.start + index) }, around);
}

/** A folder of another machine: `/opt/shop/agent` is `agent` here, below one of the folders around `home`. */
function placeElsewhere(cwd: string, home: string, { manifests }: Surroundings): Place {
  const isOnly = manifests.length === 1;
  const locate = (path: string): string[] =>
    upwards(home).flatMap((dir) =>
      tails(path)
        .filter((tail) => isOnly || dir === home || tail.includes('/'))
        .map((tail) => joinPath(dir, tail)),
    );
  return { cwd, locate: (path) => (path.startsWith('/') ? locate(path) : [path]) };
}

/** `web: node app.js`; `release:` runs once and ends. */
export function procfileLaunches(around: Surroundings): FoundLaunch[] {
  const files = around.reading.repo.files.filter((file) => /^Procfile(\.[\w-]+)?$/.test(baseName(file)));
  return files.flatMap((file) => {
    const text = around.reading.repo.read(file) ?? '';
    return [...text.matchAll(/^\uFEFF?([A-Za-z0-9_-]+):[ \t]*(\S[^\r\n]*)/gm)].flatMap((match) => {
      const [all, name = '', command = ''] = match;
      if (name === 'release') return [];
      const end = match.index + all.length;
      return launchLine(
        'procfile',
        file,
        { name, start: end - command.length, end },
        /dev|local/.test(file) ? 'development' : 'production',
        around,
      );
    });
  });
}

/** `ExecStart=` of systemd units that are part of the repository. */
export function systemdLaunches(around: Surroundings): FoundLaunch[] {
  const files = around.reading.repo.files.filter((file) => /\.service(\.(tpl|j2|template|in))?$/.test(file));
  return files.flatMap((file) => {
    const text = around.reading.repo.read(file) ?? '';
    const cwd = /^WorkingDirectory=(\S+)/m.exec(text)?.[1];
    return [...text.matchAll(/^(ExecStart=[-@:+!]*)(\S[^\r\n]*)/gm)].flatMap((match) => {
      const [, key = '', command = ''] = match;
      const start = match.index + key.length;
      const line = { name: baseName(file), start, end: start + command.length, ...(cwd?.startsWith('/') && { cwd }) };
      return launchLine('systemd', file, line, 'production', around);
    });
  });
}

/** Pod templates with their own `command` or `args`; the image decides otherwise. */
export function kubernetesLaunches(around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  const files = around.reading.repo.files.filter(
    (file) =>
      /\.ya?ml$/.test(file) &&
      /(^|\/)(k8s|kube\w*|deploy\w*|manifests?|helm|infra\w*|charts?|\.k8s|ops|overlays|base)\/|deploy|pod|cronjob|stateful|k8s|kube/i.test(
        file,
      ),
  );
  return files.flatMap((file) => {
    const text = around.reading.repo.read(file) ?? '';
    // Templates of Helm are not YAML before they are rendered.
    if (!/^\s*-?\s*kind:/m.test(text) || !/containers:/.test(text) || !/\b(command|args):/.test(text) || text.includes('{{')) return [];
    return readYaml(around.reading, file).flatMap((yaml) =>
      podContainers(yaml).flatMap((container) => launchContainerNode(yaml, container, around, dockerfiles)),
    );
  });
}

function podContainers(yaml: YamlText): Node[] {
  const root = yaml.document.contents;
  const paths = [
    ['spec', 'containers'],
    ['spec', 'template', 'spec', 'containers'],
    ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
  ];
  return paths.flatMap((path) => yamlItems(yaml, yamlAt(yaml, root, ...path)));
}

function launchContainerNode(yaml: YamlText, container: Node, around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  const command = yamlAt(yaml, container, 'command');
  const args = yamlAt(yaml, container, 'args');
  const written = command ?? args;
  if (!written) return [];
  const name = yamlString(yamlAt(yaml, container, 'name')) ?? 'container';
  const imageName = baseName((yamlString(yamlAt(yaml, container, 'image')) ?? '').replace(/[:@][^/]*$/, ''));
  const dirs = packagesNamed([name, imageName], around);
  const image = command ? undefined : imageIn(dirs, dockerfiles);
  const host: Place = {
    cwd: '',
    locate: (path) => dirs.flatMap((dir) => hostPlace(dir).locate(path.startsWith('/') ? path : joinPath(dir, path))),
  };
  const place = image ? dockerPlace(image.dockerfile, image.layer, around.reading) : host;
  const start: Start = {
    kind: 'kubernetes',
    name,
    command: yamlString(written) ?? JSON.stringify(written.toJSON()),
    cwd: dirs[0] ?? '',
    place,
    purpose: 'production',
    evidence: { file: yaml.file, line: lineAt(yaml.text, yamlStart(written)) },
  };
  if (image && args) return launchArguments(start, { yaml, node: args }, image, around);
  return launchNodes(
    start,
    [command, args].map((node) => node && { yaml, node }),
    [],
    around,
  );
}

interface Image {
  readonly dockerfile: Dockerfile;
  readonly layer: Layer;
}

function imageIn(dirs: readonly string[], dockerfiles: readonly Dockerfile[]): Image | undefined {
  const dockerfile = dockerfiles.find(({ file, context }) => dirs.some((dir) => dir === dirOf(file) || dir === context));
  const layer = dockerfile && layersOf(dockerfile).at(-1);
  return dockerfile && layer && { dockerfile, layer };
}

/** `args` alone are given to what the image starts. */
function launchArguments(start: Start, args: Stated, { dockerfile, layer }: Image, around: Surroundings): FoundLaunch[] {
  const entrypoint = layer.instructions.findLast((each) => each.keyword === 'ENTRYPOINT');
  const bare = entrypoint ? [] : yamlWords(args);
  if (startsNode(layer.image, bare)) return toLaunches(start, followEntryWord(bare, trailOf(start), around));
  return launchNodes(start, [args], entrypoint?.json ? execWords(dockerfile.file, entrypoint) : [], around);
}

/** Folders of the packages that a container's name or image means; every package when there is only one. */
function packagesNamed(names: readonly string[], { manifests }: Surroundings): string[] {
  const named = manifests.filter((each) =>
    names.some((name) => name !== '' && (each.name === name || each.name?.endsWith(`/${name}`) === true || baseName(each.dir) === name)),
  );
  if (named.length > 0) return named.map((each) => each.dir);
  return manifests.length === 1 ? manifests.map((each) => each.dir) : [];
}
