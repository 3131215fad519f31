const MAX_KEYS = 1000;
const SHORT = 64;

/** Attribute keys are few and always the same. */
const keys = new Map<string, Uint8Array>();

/**
 * Writes protobuf fields into one growing buffer. `open` leaves two bytes for a length, which is what most messages need,
 * and `close` moves the content in the rare other case.
 */
export class ByteWriter {
  private bytes: Buffer;
  private at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  finish(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  open(tag: number): number {
    this.reserve(3);
    this.bytes[this.at] = tag;
    this.at += 3;
    return this.at;
  }

  close(start: number): void {
    const length = this.at - start;
    const size = sizeOf(length);
    if (size !== 2) {
      this.reserve(size);
      this.bytes.copyWithin(start - 2 + size, start, this.at);
    }
    this.at = start - 2;
    this.varint(length);
    this.at += length;
  }

  integer(tag: number, value: number): void {
    this.reserve(11);
    this.bytes[this.at++] = tag;
    this.varint(value);
  }

  text(tag: number, value: string): void {
    const length = value.length;
    this.reserve(length + 11);
    if (length < SHORT) {
      const start = this.at;
      this.bytes[this.at++] = tag;
      this.bytes[this.at++] = length;
      if (this.ascii(value)) return;
      this.at = start;
    }
    const encoded = Buffer.from(value, 'utf8');
    this.reserve(encoded.length + 11);
    this.bytes[this.at++] = tag;
    this.varint(encoded.length);
    this.bytes.set(encoded, this.at);
    this.at += encoded.length;
  }

  /** A KeyValue: the key, and the value inside an AnyValue. Only what is longer than usual needs its lengths found out by writing. */
  attribute(tag: number, key: string, value: unknown): void {
    const field = keyField(key);
    const size = typeof value === 'string' ? value.length + 1 : typeof value === 'boolean' ? 1 : sizeOf(Number(value));
    this.reserve(field.length + size + 24);
    const start = this.at;
    if (field.length < SHORT && size < SHORT - 8) {
      this.bytes[this.at++] = tag;
      this.bytes[this.at++] = field.length + size + 3;
      this.copy(field);
      this.bytes[this.at++] = 0x12;
      this.bytes[this.at++] = size + 1;
      if (this.value(value, true)) return;
      this.at = start;
    }
    const pair = this.open(tag);
    this.copy(field);
    const any = this.open(0x12);
    this.value(value, false);
    this.close(any);
    this.close(pair);
  }

  private value(value: unknown, ascii: boolean): boolean {
    if (typeof value === 'string') {
      if (!ascii) this.text(0x0a, value);
      else {
        this.bytes[this.at++] = 0x0a;
        this.bytes[this.at++] = value.length;
        return this.ascii(value);
      }
    } else if (typeof value === 'boolean') this.integer(0x10, value ? 1 : 0);
    else this.integer(0x18, Number(value));
    return true;
  }

  private copy(field: Uint8Array): void {
    this.reserve(field.length);
    this.bytes.set(field, this.at);
    this.at += field.length;
  }

  hex(tag: number, digits: string): void {
    const length = digits.length / 2;
    this.reserve(length + 2);
    this.bytes[this.at++] = tag;
    this.bytes[this.at++] = length;
    for (let i = 0; i < digits.length; i += 2)
      this.bytes[this.at++] = (nibble(digits.charCodeAt(i)) << 4) | nibble(digits.charCodeAt(i + 1));
  }

  /** Nanoseconds as fixed64; a double has not enough digits for them in one piece. */
  time(tag: number, [seconds, nanos]: readonly [number, number]): void {
    this.reserve(9);
    const low = (seconds % 0x10000) * 1e9 + nanos;
    const high = Math.floor(seconds / 0x10000) * 1e9;
    const lower = (high % 0x10000) * 0x10000 + (low % 0x100000000);
    this.bytes[this.at++] = tag;
    this.fixed32(lower % 0x100000000);
    this.fixed32(Math.floor(high / 0x10000) + Math.floor(low / 0x100000000) + (lower >= 0x100000000 ? 1 : 0));
  }

  /** Field 16 of a span. */
  flags(value: number): void {
    this.reserve(6);
    this.bytes[this.at++] = 0x85;
    this.bytes[this.at++] = 0x01;
    this.fixed32(value);
  }

  /** Writes it unless it needs more than one byte a character. */
  private ascii(value: string): boolean {
    const { bytes } = this;
    let at = this.at;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.at = at;
    return true;
  }

  private varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.at++] = rest;
  }

  private fixed32(value: number): void {
    this.bytes[this.at++] = value & 0xff;
    this.bytes[this.at++] = (value >>> 8) & 0xff;
    this.bytes[this.at++] = (value >>> 16) & 0xff;
    this.bytes[this.at++] = value >>> 24;
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.at + more));
    grown.set(this.bytes.subarray(0, this.at));
    this.bytes = grown;
  }
}

function keyField(key: string): Uint8Array {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const writer = new ByteWriter(key.length + 12);
  writer.text(0x0a, key);
  const field = writer.finish();
  if (keys.size < MAX_KEYS) keys.set(key, field);
  return field;
}

function sizeOf(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size++;
  return size;
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : (code | 32) - 87;
}
