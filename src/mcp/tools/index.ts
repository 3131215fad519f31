import type { Tool } from '../tool.ts';
import { apply } from './apply.ts';
import { explain } from './explain.ts';
import { plan } from './plan.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { verify } from './verify.ts';

/** All tools, alphabetical: the list is a part of every prompt, and a prompt that stays the same stays cached. */
export const tools: readonly Tool[] = [apply, explain, plan, status, undo, verify];
