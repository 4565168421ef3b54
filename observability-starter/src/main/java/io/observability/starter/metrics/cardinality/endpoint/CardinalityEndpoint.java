package io.observability.starter.metrics.cardinality.endpoint;

import java.util.List;

import io.observability.starter.metrics.cardinality.CardinalityGuard;
import io.observability.starter.metrics.cardinality.MeterCardinality;
import io.observability.starter.metrics.cardinality.TagCardinality;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Actuator endpoint {@code cardinality}: which meters and tags have the most values and
 * series, what was folded, and by which rule. It shows values of tags, so it has no
 * access by default.
 *
 * @since 0.1.0
 */
@Endpoint(id = "cardinality", defaultAccess = Access.NONE)
public final class CardinalityEndpoint {

    private static final int MAX_METERS = 50;

    private final CardinalityGuard guard;

    /**
     * Create an endpoint.
     * @param guard what it shows
     */
    public CardinalityEndpoint(CardinalityGuard guard) {
        this.guard = guard;
    }

    /**
     * The meters now.
     * @return those with the most folded values, then those with the most series
     */
    @ReadOperation
    public Cardinality cardinality() {
        List<MeterCardinality> all = this.guard.report();
        return new Cardinality(all.size(), all.stream().mapToLong(MeterCardinality::series).sum(),
                all.stream().mapToLong(MeterCardinality::folded).sum(),
                all.stream().limit(MAX_METERS).map(CardinalityEndpoint::meter).toList());
    }

    private static Meter meter(MeterCardinality meter) {
        return new Meter(meter.meter(), meter.series(), meter.folded(),
                meter.tags().stream().map(CardinalityEndpoint::tag).toList());
    }

    private static Tag tag(TagCardinality tag) {
        return new Tag(tag.tag(), tag.rule(), tag.limit(), tag.action().toString(), tag.kept(), tag.distinct(),
                tag.folded(), tag.keptExamples(), tag.foldedExamples());
    }

    /**
     * Body of the endpoint.
     *
     * @param meters how many meters with tags there are
     * @param series how many series they have
     * @param folded occurrences of values that were folded
     * @param top the meters that cost most
     */
    public record Cardinality(int meters, long series, long folded, List<Meter> top) {

    }

    /**
     * One meter.
     *
     * @param meter its name
     * @param series combinations of tags that it has now
     * @param folded occurrences of values that were folded, in all its tags
     * @param tags its tags
     */
    public record Meter(String meter, int series, long folded, List<Tag> tags) {

    }

    /**
     * One tag of a meter.
     *
     * @param tag its key
     * @param rule the rule that holds
     * @param limit how many values have series of their own
     * @param action what becomes of the others
     * @param kept how many values have series of their own now
     * @param distinctEstimate how many values there were; exact up to the limit
     * @param folded occurrences of values without series of their own
     * @param keptExamples some values with series of their own
     * @param foldedExamples some values without, those that occur most
     */
    public record Tag(String tag, String rule, int limit, String action, int kept, long distinctEstimate, long folded,
            List<String> keptExamples, List<String> foldedExamples) {

    }

}
