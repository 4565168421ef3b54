package io.observability.starter.metrics.cardinality;

/**
 * Where meters that bound a tag themselves say so. The guard then leaves them alone, and
 * counts and shows what they fold.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FoldedTags {

    /** There is no guard, and nobody to tell. */
    FoldedTags UNTOLD = (tag, limit, setting, meters) -> FoldedTag.UNTOLD;

    /**
     * Say that a tag is bounded.
     * @param tag key of the tag
     * @param limit how many of its values have series of their own
     * @param setting the property that sets the limit
     * @param meters names of the meters that share the bound; the first stands for them
     * all
     * @return who is told of each occurrence that is folded
     */
    FoldedTag bounded(String tag, int limit, String setting, String... meters);

}
