package io.observability.starter.context.servlet;

import java.util.Enumeration;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.context.RequestIdScope;
import io.observability.starter.context.RequestIds;
import io.observability.starter.context.RequestTags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The id and the business tags that a request brings or is given, the same in all its
 * dispatches. Thread-safe.
 *
 * @since 0.1.0
 */
public final class IncomingContext {

    private final String header;

    private final boolean accept;

    private final boolean respond;

    private final HeaderTags headerTags;

    /**
     * Create the rules.
     * @param header the name of the header that brings the id
     * @param accept whether an id from outside is taken
     * @param respond whether the id is answered in the same header
     * @param headerTags headers that are business tags
     */
    public IncomingContext(String header, boolean accept, boolean respond, HeaderTags headerTags) {
        this.header = header;
        this.accept = accept;
        this.respond = respond;
        this.headerTags = headerTags;
    }

    /**
     * Id of a request, taken from the header if it is valid and otherwise made.
     * @param request the request, in any dispatch
     * @return the id
     */
    public String id(HttpServletRequest request) {
        // Set in the dispatch before, if there was one.
        if (request.getAttribute(RequestIds.ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = readId(request);
        request.setAttribute(RequestIds.ATTRIBUTE, id);
        return id;
    }

    /**
     * Id of a request, for a caller that keeps it for all dispatches.
     * @param request the request, in its first dispatch
     * @return the id
     */
    public String readId(HttpServletRequest request) {
        return this.accept ? RequestIds.acceptOrCreate(onlyValue(request.getHeaders(this.header)))
                : RequestIds.create();
    }

    /**
     * Business tags of a request.
     * @param request the request, in any dispatch
     * @return the tags
     */
    public RequestTags tags(HttpServletRequest request) {
        if (request.getAttribute(BusinessTags.ATTRIBUTE) instanceof RequestTags known) {
            return known;
        }
        RequestTags tags = readTags(request);
        request.setAttribute(BusinessTags.ATTRIBUTE, tags);
        return tags;
    }

    /**
     * Business tags of a request, for a caller that keeps them for all dispatches.
     * @param request the request, in its first dispatch
     * @return the tags
     */
    public RequestTags readTags(HttpServletRequest request) {
        return this.headerTags.isEmpty() ? new RequestTags()
                : this.headerTags.read((name) -> onlyValue(request.getHeaders(name)));
    }

    /**
     * Answer the id. In the error dispatch again, since the container resets the response
     * before it.
     * @param response takes the header
     * @param id the id
     */
    public void answer(HttpServletResponse response, String id) {
        if (this.respond && !response.isCommitted()) {
            ResponseHeaders.set(response, this.header, id);
        }
    }

    /**
     * Make the id and the tags part of what this thread logs.
     * @param id the id
     * @param tags the tags
     * @return the scope, to be closed on the same thread
     */
    public RequestIdScope open(String id, RequestTags tags) {
        return RequestIdScope.open(id, tags);
    }

    // Two ids are no id: which of them a proxy in front of us logged is anybody's guess.
    private static @Nullable String onlyValue(@Nullable Enumeration<String> values) {
        if (values == null || !values.hasMoreElements()) {
            return null;
        }
        String value = values.nextElement();
        return values.hasMoreElements() ? null : value;
    }

}
