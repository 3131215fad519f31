export { groupReasons, type ReasonGroup } from './group-reasons.ts';
export { type Look, look, tasksOf } from './look.ts';
export { lookOnNewerNode, supposedNode } from './suppose-node.ts';
