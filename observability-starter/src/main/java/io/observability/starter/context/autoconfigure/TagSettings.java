package io.observability.starter.context.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.observability.starter.context.BusinessTags;
import io.observability.starter.context.HeaderTags;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;

/**
 * Reads the rules of business tags, and refuses those that can't work.
 */
final class TagSettings {

    private static final String PROPERTY = "observability.context.tags.headers";

    private TagSettings() {
    }

    static HeaderTags headerTags(ContextProperties properties) {
        Map<String, String> headers = new LinkedHashMap<>();
        properties.getTags().getHeaders().forEach((name, header) -> {
            String key = name.replace('-', '_');
            if (!BusinessTags.isValidKey(key)) {
                throw new InvalidSettingException(PROPERTY + "." + name, header,
                        "under the key of a tag: 1 to %d characters of [a-z0-9_], a letter first, no name that the log line has of its own"
                            .formatted(BusinessTags.MAX_KEY_LENGTH));
            }
            headers.put(key, SettingChecks.headerName(PROPERTY + "." + name, header));
        });
        if (headers.size() > BusinessTags.MAX_TAGS) {
            throw new InvalidSettingException(PROPERTY, headers.size(),
                    "at most %d tags".formatted(BusinessTags.MAX_TAGS));
        }
        return headers.isEmpty() ? HeaderTags.NONE : new HeaderTags(headers);
    }

}
