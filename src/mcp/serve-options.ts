import { toolVersion } from '../engine/plan/toolkit.ts';
import type { Setting } from './call-tool.ts';
import { allowedRoots } from './confine-root.ts';
import { startTelemetry } from './telemetry.ts';

/** What `tracewright mcp` was started with. */
export interface ServeOptions {
  /** Folders it may touch; the first is what `.` means. */
  readonly roots: readonly string[];
  readonly waitMs: number;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** Throws TW1001 when a root is no folder. */
export async function openSetting({ roots, waitMs }: ServeOptions): Promise<Setting> {
  const allowed = allowedRoots(roots.length === 0 ? ['.'] : roots);
  return { version: toolVersion(), allowed, waitMs, telemetry: await startTelemetry() };
}
