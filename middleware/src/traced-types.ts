export type TracedKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export type AttributeValue = string | number | boolean | ReadonlyArray<string> | ReadonlyArray<number> | ReadonlyArray<boolean>;

/** What `traced` writes on each span. Links and attributes may be computed from the arguments of the call. */
export interface TracedOptions<A extends unknown[] = unknown[]> {
  /** `internal` unless it says otherwise. */
  kind?: TracedKind;
  /** Other traces that this work belongs to: carriers such as the headers of messages, or spans. */
  links?: ReadonlyArray<unknown> | ((...args: A) => ReadonlyArray<unknown>);
  attributes?: Record<string, AttributeValue | undefined> | ((...args: A) => Record<string, AttributeValue | undefined>);
}
