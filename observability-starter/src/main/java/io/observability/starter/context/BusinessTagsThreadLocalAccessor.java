package io.observability.starter.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the business tags of a request. What goes along is the request's one set and
 * not a copy: a tag set on another thread is a tag of the request.
 */
final class BusinessTagsThreadLocalAccessor implements ThreadLocalAccessor<RequestTags> {

    @Override
    public Object key() {
        return BusinessTags.ATTRIBUTE;
    }

    @Override
    public @Nullable RequestTags getValue() {
        return BusinessTags.bound();
    }

    @Override
    public void setValue(RequestTags value) {
        BusinessTags.bind(value);
    }

    @Override
    public void setValue() {
        BusinessTags.bind(null);
    }

}
