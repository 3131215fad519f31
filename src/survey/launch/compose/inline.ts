import type { Dockerfile } from '../../../contract/index.ts';
import type { Reading } from '../../read/reading.ts';
import { readDockerText } from '../docker.ts';
import { buildOfService, type ComposeBuild, composeServices } from './services.ts';

/** Dockerfiles that compose files hold themselves (`dockerfile_inline: |`), with offsets into those files. */
export function inlineDockerfiles(reading: Reading): readonly Dockerfile[] {
  const builds = composeServices(reading).flatMap((service) => buildOfService(service) ?? []);
  const once = new Map(builds.flatMap((build) => (build.inline ? [[`${build.dockerfile} ${build.inline[0]}`, build] as const] : [])));
  return [...once.values()].flatMap(({ dockerfile: file, context, inline }) => {
    const read = inline && readDockerText(reading, file, alone(reading.repo.read(file) ?? '', inline));
    return read === undefined ? [] : [{ ...read, context }];
  });
}

/** The Dockerfile that a service is built of. */
export function dockerfileOf(build: ComposeBuild | undefined, dockerfiles: readonly Dockerfile[]): Dockerfile | undefined {
  return dockerfiles.find(({ file, stages }) => {
    if (file !== build?.dockerfile) return false;
    const [start, end] = build.inline ?? [0, Number.POSITIVE_INFINITY];
    return stages.some(({ instructions }) => instructions.some((each) => each.start >= start && each.end <= end));
  });
}

/** The text with blanks in the place of all that is not the Dockerfile, so that offsets and lines stay. */
function alone(text: string, [start, end]: readonly [number, number]): string {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}
