/** Values that break readers: ends of ranges, quotes, breaks, bytes that are no UTF-8. */
const nasty = [
  Buffer.from([0]),
  Buffer.from([0xff, 0xff, 0xff, 0xff]),
  Buffer.from([0, 0, 0, 0x80]),
  Buffer.from([0xff, 0xff, 0xff, 0x7f]),
  Buffer.from('"'),
  Buffer.from('""",'),
  Buffer.from("'"),
  Buffer.from('\r'),
  Buffer.from('\n\n'),
  Buffer.from('\ufeff'),
  Buffer.from('9'.repeat(400)),
  Buffer.from('1e999'),
  Buffer.from('NaN'),
  Buffer.from('-0'),
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from('{"a":'),
  Buffer.from('['.repeat(300)),
  Buffer.from('&a *a'),
  Buffer.from('__proto__'),
  Buffer.from('\u2028😀'),
];

/** One to five damages of a file: bits, bytes, cuts, copies of stretches, nasty values, another file in the middle. */
export function mutate(bytes, other, random) {
  let out = bytes;
  const times = 1 + Math.floor(random() * 5);
  for (let i = 0; i < times; i++) out = damage(out, other, random);
  return out;
}

function damage(bytes, other, random) {
  const place = () => Math.floor(random() * (bytes.length + 1));
  // The ends of a file hold its header and footer, so they are damaged as often as all the rest.
  const at =
    random() < 0.5
      ? place()
      : random() < 0.5
        ? Math.min(bytes.length, Math.floor(random() * 64))
        : Math.max(0, bytes.length - Math.floor(random() * 2000));
  const length = Math.floor(2 ** (random() * 12));
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (Math.floor(random() * 8)) {
    case 0:
      return flipped(bytes, at, 1 << Math.floor(random() * 8));
    case 1:
      return Buffer.concat([head, Buffer.from([Math.floor(random() * 256)]), tail.subarray(1)]);
    case 2:
      return head;
    case 3:
      return Buffer.concat([head, tail.subarray(length)]);
    case 4:
      return Buffer.concat([head, tail.subarray(0, length), tail]);
    case 5:
      return Buffer.concat([head, nasty[Math.floor(random() * nasty.length)], tail]);
    case 6:
      return Buffer.concat([head, Buffer.alloc(Math.min(length, tail.length)), tail.subarray(length)]);
    default:
      return Buffer.concat([head, other.subarray(place() % (other.length + 1)).subarray(0, length), tail]);
  }
}

function flipped(bytes, at, bits) {
  const out = Buffer.from(bytes);
  if (at < out.length) out[at] ^= bits;
  return out;
}
