import { ByteBuffer } from 'flatbuffers';

/** The reader's own name for the length of a list in a header. */
const method = '__vector_len';

/**
 * From then on the headers of Arrow files that say a list is longer than the header it stands in are refused. Arrow's
 * reader believes them: a damaged file of a few kilobytes then fills all memory, in one step that nothing can stop.
 */
export function boundLists(): void {
  // Every element takes a byte at least, so no whole header is refused.
  const { [method]: lengthOf } = ByteBuffer.prototype;
  ByteBuffer.prototype[method] = function (this: ByteBuffer, offset: number): number {
    const length = lengthOf.call(this, offset);
    if (length < 0 || length > this.capacity()) throw new Error('a list in its header is longer than the header');
    return length;
  };
}
