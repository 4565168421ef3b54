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

    private int written;

    private int seen;

    private TagNames(LineBuffer out, byte[] member) {
        this.out = out;
        this.member = member;
    }

    static void write(LineBuffer out, byte[] member, List<Marker> markers) {
        int mark = out.position;
        TagNames tags = new TagNames(out, member);
        for (Marker marker : markers) {
            tags.tag(marker, 0);
        }
        if (out.position > mark) {
            out.put(']');
        }
    }

    private void tag(@Nullable Marker marker, int depth) {
        if (marker == null || depth > LineLimits.DEPTH || this.seen++ >= LineLimits.TAGS) {
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
            String name = marker.getName();
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
