import { graphqlSection } from './graphql/section.ts';
import { grpcSection } from './grpc/section.ts';
import { httpSection } from './http-section.ts';
import type { Section } from './section.ts';

/** The tables of docs/coverage.md, in order. */
export const sections: readonly Section[] = [httpSection, graphqlSection, grpcSection];
