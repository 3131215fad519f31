import type { Dockerfile, Mount } from '../../../contract/index.ts';
import { dirOf, joinPath } from '../../read/paths.ts';
import { lineAt, type Reading } from '../../read/reading.ts';
import { yamlAt, yamlItems, yamlStart, yamlString } from '../../read/yaml-text.ts';
import { dockerfileOf } from './inline.ts';
import { buildOfService, type ComposeService, composeServices } from './services.ts';

/** What a service mounts over the folders of its image. */
export interface Volume {
  /** A folder or file of the repository; undefined when Docker keeps the content. */
  readonly source?: string;
  /** The name of what Docker keeps. */
  readonly name?: string;
  readonly target: string;
  readonly offset: number;
  readonly file: string;
}

export function volumesOf(service: ComposeService): readonly Volume[] {
  const stated = service.at('volumes');
  const yaml = stated?.yaml ?? service.yaml;
  return yamlItems(yaml, stated?.node).flatMap((node) => {
    const words = yamlString(node)?.split(':');
    const [source, target] =
      words === undefined ? [valueAt('source'), valueAt('target')] : words.length === 1 ? [undefined, words[0]] : words;
    function valueAt(key: string): string | undefined {
      return yamlString(yamlAt(yaml, node, key));
    }
    if (!target?.startsWith('/')) return [];
    const place = { target: joinPath(target), offset: yamlStart(node), file: yaml.file };
    const path = source?.replace(/^\$(\{PWD\}|PWD\b)/, '.');
    if (path?.startsWith('.')) return [{ ...place, source: joinPath(dirOf(yaml.file), path) }];
    if (path !== undefined && /^[\w.-]+$/.test(path)) return [{ ...place, name: path }];
    return path === undefined ? [place] : [];
  });
}

/** Every mount of every service of the compose files. */
export function composeMounts(reading: Reading, dockerfiles: readonly Dockerfile[]): readonly Mount[] {
  return composeServices(reading).flatMap((service) => {
    const dockerfile = dockerfileOf(buildOfService(service), dockerfiles)?.file;
    return volumesOf(service).map(({ source, name, target, offset, file }) => ({
      service: service.name,
      ...(dockerfile !== undefined && { dockerfile }),
      ...(source !== undefined && { source }),
      ...(name !== undefined && { name }),
      target,
      evidence: { file, line: lineAt(reading.repo.read(file) ?? '', offset) },
    }));
  });
}
