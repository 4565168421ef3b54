package io.observability.starter.tracing;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whom it asks; what it reads is tested by the cases of the specification.
 */
class TraceContextPropagatorTests {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Others others = new Others();

    @Test
    void othersAreNotAskedWhereNothingIsForThem() {
        assertThat(extract(true, Map.of("accept", "*/*"))).isSameAs(Context.root());
        assertThat(this.others.asked).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "b3", "X-B3-TraceId", "baggage", "tenant" })
    void othersAreAskedWhereOneOfTheirFieldsIsThere(String field) {
        extract(true, Map.of(field, "1"));
        assertThat(this.others.asked).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = { "X-B3-SpanId", "X-B3-Sampled" })
    void whatIsNothingWithoutATraceIdIsNotLookedFor(String field) {
        extract(true, Map.of(field, "1"));
        assertThat(this.others.asked).isZero();
    }

    @Test
    void withAParentB3IsNotLookedFor() {
        Context context = extract(true, Map.of("traceparent", PARENT, "b3", "1"));
        assertThat(Span.fromContext(context).getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(this.others.asked).isZero();
    }

    @Test
    void withAParentBaggageIsReadAsWell() {
        extract(true, Map.of("traceparent", PARENT, "baggage", "a=1"));
        assertThat(this.others.asked).isOne();
    }

    @Test
    void othersThatMayReadMoreAreAlwaysAsked() {
        extract(false, Map.of());
        extract(false, Map.of("traceparent", PARENT));
        assertThat(this.others.asked).isEqualTo(2);
    }

    private Context extract(boolean fieldsAreAll, Map<String, String> headers) {
        return new TraceContextPropagator(this.others, fieldsAreAll).extract(Context.root(), headers, Headers.GETTER);
    }

    private static final class Others implements TextMapPropagator {

        private int asked;

        @Override
        public Collection<String> fields() {
            return List.of("traceparent", "tracestate", "b3", "X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "baggage",
                    "tenant");
        }

        @Override
        public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
        }

        @Override
        public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
            this.asked++;
            return context;
        }

    }

    private enum Headers implements TextMapGetter<Map<String, String>> {

        GETTER;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return (carrier != null) ? carrier.get(key) : null;
        }

    }

}
