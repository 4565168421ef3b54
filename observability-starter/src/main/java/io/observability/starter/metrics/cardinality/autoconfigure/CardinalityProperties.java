package io.observability.starter.metrics.cardinality.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.observability.starter.metrics.cardinality.CardinalityRule;
import io.observability.starter.metrics.cardinality.OverflowAction;
import io.observability.starter.settings.InvalidSettingException;
import io.observability.starter.settings.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the cardinality guard.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("observability.metrics.cardinality")
public class CardinalityProperties {

    private static final String PREFIX = "observability.metrics.cardinality.";

    private static final int MAX_LIMIT = 10_000;

    private static final int MAX_RULES = 100;

    private static final int MAX_GLOB = 200;

    /**
     * Whether the series of every meter are bounded.
     */
    private boolean enabled = true;

    /**
     * How many values of a tag have series of their own, where no rule says otherwise.
     */
    private int limit = 100;

    /**
     * How many series a meter may have, whatever its tags.
     */
    private int maxSeries = 2000;

    /**
     * How many names of meters there may be. Further ones are not recorded.
     */
    private int maxMeters = 2000;

    /**
     * How often values that became frequent get series of their own.
     */
    private Duration period = Duration.ofMinutes(1);

    /**
     * Rules for some meters and tags. The first that matches holds.
     */
    private List<Rule> rules = new ArrayList<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public int getLimit() {
        return this.limit;
    }

    public void setLimit(int limit) {
        this.limit = limit;
    }

    public int getMaxSeries() {
        return this.maxSeries;
    }

    public void setMaxSeries(int maxSeries) {
        this.maxSeries = maxSeries;
    }

    public int getMaxMeters() {
        return this.maxMeters;
    }

    public void setMaxMeters(int maxMeters) {
        this.maxMeters = maxMeters;
    }

    public Duration getPeriod() {
        return this.period;
    }

    public void setPeriod(Duration period) {
        this.period = period;
    }

    public List<Rule> getRules() {
        return this.rules;
    }

    public void setRules(List<Rule> rules) {
        this.rules = rules;
    }

    void check() {
        SettingChecks.inRange(PREFIX + "limit", this.limit, 1, MAX_LIMIT);
        SettingChecks.inRange(PREFIX + "max-series", this.maxSeries, 10, 100_000);
        SettingChecks.inRange(PREFIX + "max-meters", this.maxMeters, 100, 100_000);
        SettingChecks.inRange(PREFIX + "period", this.period, Duration.ofSeconds(1), Duration.ofHours(1));
        if (this.rules.size() > MAX_RULES) {
            throw new InvalidSettingException(PREFIX + "rules", this.rules.size() + " rules",
                    "a list of at most " + MAX_RULES + " rules");
        }
    }

    List<CardinalityRule> checkedRules() {
        List<CardinalityRule> checked = new ArrayList<>();
        for (int i = 0; i < this.rules.size(); i++) {
            checked.add(this.rules.get(i).checked(PREFIX + "rules[" + i + "]."));
        }
        return checked;
    }

    /**
     * One rule.
     */
    public static class Rule {

        /**
         * Glob of the meter's name, as Micrometer has it or as it is exposed.
         */
        private @Nullable String meter;

        /**
         * Glob of the tag's key.
         */
        private String tag = "*";

        /**
         * How many values of the tag have series of their own.
         */
        private @Nullable Integer limit;

        /**
         * What becomes of further values: 'keep-most-frequent', 'other', 'hash:N',
         * 'prefix:N' or 'drop'.
         */
        private String action = "keep-most-frequent";

        public @Nullable String getMeter() {
            return this.meter;
        }

        public void setMeter(@Nullable String meter) {
            this.meter = meter;
        }

        public String getTag() {
            return this.tag;
        }

        public void setTag(String tag) {
            this.tag = tag;
        }

        public @Nullable Integer getLimit() {
            return this.limit;
        }

        public void setLimit(@Nullable Integer limit) {
            this.limit = limit;
        }

        public String getAction() {
            return this.action;
        }

        public void setAction(String action) {
            this.action = action;
        }

        CardinalityRule checked(String property) {
            OverflowAction checkedAction = action(property + "action");
            if (this.limit != null) {
                boolean keeps = checkedAction.kind() == OverflowAction.Kind.KEEP_MOST_FREQUENT;
                SettingChecks.inRange(property + "limit", this.limit, keeps ? 1 : 0, MAX_LIMIT);
            }
            return new CardinalityRule(glob(property + "meter", this.meter), glob(property + "tag", this.tag),
                    this.limit, checkedAction);
        }

        private OverflowAction action(String property) {
            try {
                return OverflowAction.parse(this.action);
            }
            catch (IllegalArgumentException ex) {
                throw new InvalidSettingException(property, this.action, OverflowAction.ALLOWED);
            }
        }

        private static String glob(String property, @Nullable String value) {
            if (value == null || value.isBlank() || value.length() > MAX_GLOB) {
                throw new InvalidSettingException(property, value,
                        "a name of 1 to " + MAX_GLOB + " characters, in which * is any number of characters");
            }
            return value.trim();
        }

    }

}
