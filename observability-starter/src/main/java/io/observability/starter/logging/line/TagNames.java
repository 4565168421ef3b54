package io.observability.starter.logging.line;

import java.util.Iterator;
import java.util.List;

import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Writes the names of an event's markers, and of the markers that these refer to, as one
 * array; logstash's markers are fields and no tags.
 */
final class TagNames {

    // Commons Logging puts it on every line that goes through it; it says nothing.
    private static final String COMMONS_LOGGING = "COMMONS-LOGGING";

    private final LineBuffer out;

    private final byte[] member;

    private final int end;

    private int written;

    private int seen;

    private boolean full;

    private TagNames(LineBuffer out, byte[] member, int end) {
        this.out = out;
        this.member = member;
        this.end = end;
    }

    /**
     * Write the names.
     * @param out the line
     * @param member what stands before the array
     * @param markers the markers
     * @param end the position in the line after which no further name is written
     * @return whether there was room for all of them
     */
    static boolean write(LineBuffer out, byte[] member, List<Marker> markers, int end) {
        int mark = out.position;
        TagNames tags = new TagNames(out, member, end);
        for (Marker marker : markers) {
            tags.tag(marker, 0);
        }
        if (out.position > mark) {
            out.put(']');
        }
        return !tags.full;
    }

    private void tag(@Nullable Marker marker, int depth) {
        if (marker == null || depth > LineLimits.DEPTH || this.full || this.seen++ >= LineLimits.TAGS) {
            return;
        }
        if (!(marker instanceof LogstashMarker) && !COMMONS_LOGGING.equals(marker.getName())) {
            if (this.written++ == 0) {
                this.out.put(this.member);
                this.out.put('[');
            }
            else {
                this.out.put(',');
            }
            this.full = this.out.position >= this.end;
            String name = this.full ? JsonText.CUT : marker.getName();
            JsonText.quoted(this.out, (name != null) ? name : "null", LineLimits.KEY_CHARS);
        }
        if (marker.hasReferences()) {
            for (Iterator<Marker> references = marker.iterator(); references.hasNext()
                    && this.seen < LineLimits.TAGS;) {
                tag(references.next(), depth + 1);
            }
        }
    }

}
