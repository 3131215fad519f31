let depth = 0;

/** True while a line is written that is sent otherwise, or an exporter says something: the console is not bridged then. */
export function isBridgeOff(): boolean {
  return depth > 0;
}

export function withoutBridge<T>(write: () => T): T {
  depth++;
  try {
    return write();
  } finally {
    depth--;
  }
}
