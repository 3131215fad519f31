import { type SpanNode, walkSpans } from '../../trace/index.ts';
import type { VerifyReport } from '../../verify/index.ts';
import { pairOf } from '../graph.ts';
import type { Proof } from './proof.ts';

/** Services whose spans arrived, and which of them called which within one trace. */
export function observedIn({ requests, otherTraces }: Pick<VerifyReport, 'requests' | 'otherTraces'>): Pick<Proof, 'seen' | 'pairs'> {
  const seen = new Set<string>();
  const pairs = new Set<string>();
  const traces = [...requests.flatMap(({ trace }) => trace ?? []), ...otherTraces];
  for (const node of walkSpans<SpanNode>(traces.flatMap(({ roots, orphans }) => [...roots, ...orphans]))) {
    seen.add(node.span.service);
    for (const { span } of node.children)
      if (span.service !== node.span.service && (span.kind === 'SERVER' || span.kind === 'CONSUMER'))
        pairs.add(pairOf({ producer: node.span.service, consumer: span.service }));
  }
  return { seen: [...seen].sort(), pairs: [...pairs].sort() };
}
