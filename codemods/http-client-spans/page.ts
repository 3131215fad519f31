import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'A trace ends where an outgoing call is not seen. This finds the calls, says which are traced, and hands over those that are not.',
  notFor: 'It edits nothing, and it has nothing to say of a program that calls nobody.',
  example: 'skips-calls-told-to-speak-http2',
  provenBy: ['examples/fetch-chain/golden/checkout.json'],
};
