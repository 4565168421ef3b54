package io.observability.starter.logging.ring;

/**
 * Memory of a segment: the bytes of its lines, one behind the other, and the offset
 * behind each line that is there, 0 for those that are not.
 */
final class SegmentMemory {

    final byte[] bytes;

    final int[] ends;

    SegmentMemory(int bytes, int lines) {
        this.bytes = new byte[bytes];
        this.ends = new int[lines];
    }

}
