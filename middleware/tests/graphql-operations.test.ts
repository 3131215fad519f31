import { describe, expect, it } from 'vitest';
import { operationIn } from '../src/frameworks/graphql/operation';

describe('the operation of a query', () => {
  it.each([
    ['query Book { book }', undefined, 'query Book'],
    ['{ query }', undefined, 'query '],
    ['mutation AddBook($t: String!) @live { add(title: $t) { id } }', undefined, 'mutation AddBook'],
    ['query A { a } query B { b }', 'B', 'query B'],
    ['{ query mutation Evil { a } }', undefined, 'query '],
    ['# query Wrong\nsubscription Told { told }', undefined, 'subscription Told'],
    ['fragment F on T { query } query Right { x(text: "query Wrong {") { ...F } }', undefined, 'query Right'],
    ['query A { a(text: """ } mutation Wrong { """) } mutation Right { b }', 'Right', 'mutation Right'],
    ['query A { a }', 'Missing', ''],
    ['not graphql', undefined, ''],
    [7, undefined, ''],
  ])('%s, asked for %s', (query, name, expected) => {
    const found = operationIn(query, name);
    expect(found === undefined ? '' : `${found.type} ${found.name ?? ''}`).toBe(expected);
  });
});
