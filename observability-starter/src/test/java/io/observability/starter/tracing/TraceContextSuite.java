package io.observability.starter.tracing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases of W3C Trace Context level 2 that the public suite has, each written from the
 * specification: what a service receives, and what it has to send to whom it calls.
 */
public final class TraceContextSuite {

    private static final String TRACE = "12345678901234567890123456789012";

    private static final String SPAN = "1234567890123456";

    private static final String PARENT = "traceparent: 00-" + TRACE + "-" + SPAN + "-";

    private static final String SAMPLED = PARENT + "01";

    private static final String UNSAMPLED = PARENT + "00";

    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private static final Consumer<Sent> NO_STATE = (sent) -> assertThat(sent.state()).isEmpty();

    private TraceContextSuite() {
    }

    public static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        traceParent(cases);
        traceState(cases);
        severalCalls(cases);
        return cases.stream();
    }

    private static void traceParent(List<Case> cases) {
        cases.add(new Case("neither header begins a trace").fresh());
        cases.add(new Case("traceparent alone is continued").continued(SAMPLED));
        cases.add(new Case("two traceparent headers begin a trace").fresh(SAMPLED, SAMPLED)
            .fresh("traceparent: 00-12345678901234567890123456789011-" + SPAN + "-01", SAMPLED));
        cases.add(new Case("a misspelt traceparent is none").fresh(SAMPLED.replace("traceparent", "trace-parent"))
            .fresh(SAMPLED.replace("traceparent", "trace.parent")));
        cases.add(new Case("traceparent has any case").continued(SAMPLED.replace("traceparent", "TraceParent"))
            .continued(SAMPLED.replace("traceparent", "TrAcEpArEnT"))
            .continued(SAMPLED.replace("traceparent", "TRACEPARENT")));
        cases.add(new Case("version 00 has nothing behind its flags").fresh(SAMPLED + ".")
            .fresh(SAMPLED + "-what-the-future-will-be-like"));
        cases.add(new Case("version cc may have more behind a dash").continued(version("cc"))
            .continued(version("cc") + "-what-the-future-will-be-like")
            .fresh(version("cc") + ".what-the-future-will-be-like"));
        cases.add(new Case("version ff is invalid").fresh(version("ff")));
        cases.add(new Case("a version has hexadecimal digits").fresh(version(".0")).fresh(version("0.")));
        cases.add(new Case("a version has no more than two digits").fresh(version("000")).fresh(version("0000")));
        cases.add(new Case("a version has no fewer than two digits").fresh(version("0")));
        cases.add(new Case("a trace id of zeros is invalid").fresh(traceId("0".repeat(32))));
        cases.add(new Case("a trace id has lower-case hexadecimal digits")
            .fresh(traceId(".2345678901234567890123456789012"))
            .fresh(traceId("1234567890123456789012345678901."))
            .fresh(traceId("ABCDEF78901234567890123456789012")));
        cases.add(new Case("a trace id is not longer").fresh(traceId(TRACE + "3")));
        cases.add(new Case("a trace id is not shorter").fresh(traceId(TRACE.substring(1))));
        cases.add(new Case("a parent id of zeros is invalid").fresh(spanId("0".repeat(16))));
        cases.add(new Case("a parent id has lower-case hexadecimal digits").fresh(spanId(".234567890123456"))
            .fresh(spanId("123456789012345."))
            .fresh(spanId("ABCDEF7890123456")));
        cases.add(new Case("a parent id is not longer").fresh(spanId(SPAN + "7")));
        cases.add(new Case("a parent id is not shorter").fresh(spanId(SPAN.substring(1))));
        cases.add(new Case("flags are hexadecimal digits").fresh(PARENT + ".0").fresh(PARENT + "0."));
        cases.add(new Case("flags are not longer").fresh(PARENT + "001"));
        cases.add(new Case("flags are not shorter").fresh(PARENT + "1"));
        cases.add(new Case("white space around traceparent is nothing").continued(spaced(SAMPLED, " ", ""))
            .continued(spaced(SAMPLED, "\t", ""))
            .continued(spaced(SAMPLED, "", " "))
            .continued(spaced(SAMPLED, "", "\t"))
            .continued(spaced(SAMPLED, "\t ", " \t")));
        cases.add(new Case("the random flag is passed on")
            .with((sent) -> assertThat(Integer.parseInt(sent.flags(), 16) & 2).isEqualTo(2), PARENT + "02"));
    }

    private static void traceState(List<Case> cases) {
        cases.add(new Case("tracestate without traceparent is dropped").with(NO_STATE, "tracestate: foo=1")
            .with(NO_STATE, "tracestate: foo=1,bar=2"));
        cases.add(new Case("tracestate is passed on").state(Map.of("foo", "1", "bar", "2"), "foo=1,bar=2"));
        cases.add(new Case("a misspelt tracestate is none").without("foo", UNSAMPLED, "trace-state: foo=1")
            .without("foo", UNSAMPLED, "trace.state: foo=1"));
        cases.add(new Case("tracestate has any case").exactly("foo=1", UNSAMPLED, "TraceState: foo=1")
            .exactly("foo=1", UNSAMPLED, "TrAcEsTaTe: foo=1")
            .exactly("foo=1", UNSAMPLED, "TRACESTATE: foo=1"));
        cases.add(new Case("an empty tracestate is nothing").state(Map.of(), "")
            .state(Map.of("foo", "1"), "foo=1", "")
            .state(Map.of("foo", "1"), "", "foo=1"));
        cases.add(new Case("several tracestate headers are one list, in order").exactly(
                "foo=1,bar=2,rojo=1,congo=2,baz=3", UNSAMPLED, "tracestate: foo=1,bar=2", "tracestate: rojo=1,congo=2",
                "tracestate: baz=3"));
        cases.add(new Case("a key that comes twice does not drop the list")
            .exactly("foo=1", UNSAMPLED, "tracestate: foo=1,foo=1")
            .exactly("foo=1", UNSAMPLED, "tracestate: foo=1,foo=2")
            .exactly("foo=1", UNSAMPLED, "tracestate: foo=1", "tracestate: foo=1")
            .exactly("foo=1,bar=3", UNSAMPLED, "tracestate: foo=1", "tracestate: foo=2,bar=3"));
        String key = "abcdefghijklmnopqrstuvwxyz0123456789_-*/";
        String value = characters(0x20, 0x2B) + characters(0x2D, 0x3C) + characters(0x3E, 0x7E);
        cases.add(new Case("all characters that are allowed are passed on").state(Map.of(key, value), key + "=" + value)
            .state(Map.of(key + "@a-z0-9_-*/", value), key + "@a-z0-9_-*/=" + value)
            .state(Map.of("0foo", "1"), "0foo=1"));
        Map<String, String> three = Map.of("foo", "1", "bar", "2", "baz", "3");
        cases.add(new Case("white space around members is nothing").state(three, "foo=1 \t , \t bar=2, \t baz=3")
            .state(three, "foo=1\t \t,\t \tbar=2,\t \tbaz=3")
            .state(Map.of("foo", "1"), " foo=1")
            .state(Map.of("foo", "1"), "\tfoo=1")
            .state(Map.of("foo", "1"), "foo=1 ")
            .state(Map.of("foo", "1"), "foo=1\t")
            .state(Map.of("foo", "1"), "\t foo=1 \t"));
        cases.add(new Case("other characters in a key drop the list").state(Map.of(), "foo =1")
            .state(Map.of(), "FOO=1")
            .state(Map.of(), "foo.bar=1"));
        cases.add(new Case("an at sign stands anywhere but in front")
            .state(Map.of("foo@", "1", "bar", "2"), "foo@=1,bar=2")
            .state(Map.of(), "@foo=1,bar=2")
            .state(Map.of("foo@@bar", "1", "bar", "2"), "foo@@bar=1,bar=2")
            .state(Map.of("foo@bar@baz", "1", "bar", "2"), "foo@bar@baz=1,bar=2"));
        String[] full = { members(1, 10), members(11, 20), members(21, 30), members(31, 32) };
        cases.add(new Case("a list has 32 members and no more")
            .with((sent) -> assertThat(sent.state()).hasSize(32).containsEntry("bar01", "01"), state(full))
            .state(Map.of(), members(1, 20), members(21, 33)));
        cases.add(new Case("a key has 256 characters and no more")
            .state(Map.of("foo", "1", "z".repeat(256), "1"), "foo=1", "z".repeat(256) + "=1")
            .state(Map.of(), "foo=1", "z".repeat(257) + "=1")
            .state(Map.of("foo", "1", "t".repeat(242) + "@v", "1"), "foo=1", "t".repeat(242) + "@v=1")
            .state(Map.of("foo", "1", "t@" + "v".repeat(15), "1"), "foo=1", "t@" + "v".repeat(15) + "=1")
            .state(Map.of(), "foo=1", "t".repeat(242) + "@" + "v".repeat(14) + "=1"));
        cases.add(new Case("other characters in a value drop the list").state(Map.of(), "foo=bar=baz")
            .state(Map.of(), "foo=,bar=3"));
    }

    private static void severalCalls(List<Case> cases) {
        cases.add(new Case("all calls of a request are of its trace", 3).continued(SAMPLED));
        cases.add(new Case("all calls of a request without a trace have spans of their own", 3).fresh());
        cases.add(new Case("all calls of a request with an invalid trace have spans of their own", 3)
            .fresh(traceId("0".repeat(32))));
    }

    private static String version(String version) {
        return "traceparent: " + version + "-" + TRACE + "-" + SPAN + "-01";
    }

    private static String traceId(String traceId) {
        return "traceparent: 00-" + traceId + "-" + SPAN + "-01";
    }

    private static String spanId(String spanId) {
        return "traceparent: 00-" + TRACE + "-" + spanId + "-01";
    }

    private static String spaced(String line, String before, String after) {
        return line.replace(": ", ":" + before) + after;
    }

    private static String characters(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int c = from; c <= to; c++) {
            text.append((char) c);
        }
        return text.toString();
    }

    private static String members(int from, int to) {
        List<String> members = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            members.add("bar%02d=%02d".formatted(i, i));
        }
        return String.join(",", members);
    }

    private static String[] state(String... values) {
        List<String> lines = new ArrayList<>(List.of(UNSAMPLED));
        Stream.of(values).map((value) -> "tracestate:" + value).forEach(lines::add);
        return lines.toArray(String[]::new);
    }

    /**
     * What a service sent to whom it called.
     */
    public record Sent(String traceId, String spanId, String flags, Map<String, String> state, String rawState) {

        public static Sent of(CallbackServer.Call call) {
            assertThat(call.traceParents()).hasSize(1);
            Matcher matcher = TRACE_PARENT.matcher(call.traceParents().get(0));
            assertThat(matcher.matches()).as(call.traceParents().get(0)).isTrue();
            Map<String, String> state = new LinkedHashMap<>();
            String raw = String.join(",", call.traceStates());
            for (String member : raw.split(",")) {
                int equals = member.indexOf('=');
                if (equals > 0) {
                    state.put(member.substring(0, equals), member.substring(equals + 1));
                }
            }
            return new Sent(matcher.group(1), matcher.group(2), matcher.group(3), state, raw);
        }

    }

    /**
     * One request and what has to be sent for it.
     */
    public record Step(List<String> headerLines, Consumer<Sent> check) {
    }

    /**
     * A case of the suite, with as many requests as it takes.
     */
    public record Case(String name, int calls, List<Step> steps) {

        Case(String name) {
            this(name, 1);
        }

        Case(String name, int calls) {
            this(name, calls, new ArrayList<>());
        }

        Case with(Consumer<Sent> check, String... headerLines) {
            this.steps.add(new Step(List.of(headerLines), check));
            return this;
        }

        Case continued(String... headerLines) {
            return with((sent) -> {
                assertThat(sent.traceId()).isEqualTo(TRACE);
                assertThat(sent.spanId()).isNotEqualTo(SPAN);
            }, headerLines);
        }

        Case fresh(String... headerLines) {
            return with((sent) -> {
                assertThat(sent.traceId()).doesNotContain(TRACE.substring(1, 31));
                assertThat(sent.traceId()).isNotEqualTo("0".repeat(32));
                assertThat(sent.state()).isEmpty();
            }, headerLines);
        }

        Case state(Map<String, String> expected, String... values) {
            return with((sent) -> {
                assertThat(sent.traceId()).isEqualTo(TRACE);
                assertThat(sent.state()).isEqualTo(expected);
            }, TraceContextSuite.state(values));
        }

        Case exactly(String expected, String... headerLines) {
            return with((sent) -> {
                assertThat(sent.traceId()).isEqualTo(TRACE);
                assertThat(sent.rawState()).isEqualTo(expected);
            }, headerLines);
        }

        Case without(String key, String... headerLines) {
            return with((sent) -> assertThat(sent.state()).doesNotContainKey(key), headerLines);
        }

        @Override
        public String toString() {
            return this.name;
        }

    }

}
