package io.observability.starter.logging.autoconfigure;

import java.util.ArrayList;
import java.util.List;

/**
 * What is masked.
 *
 * @since 0.1.0
 */
public class RedactionProperties {

    /**
     * Whether secrets are masked.
     */
    private boolean enabled = true;

    /**
     * Keys whose values are masked besides the usual ones; '*' stands for any characters.
     */
    private List<String> keys = new ArrayList<>();

    /**
     * Keys whose values are not masked although they would be; '*' stands for any
     * characters.
     */
    private List<String> allowedKeys = new ArrayList<>();

    /**
     * Whether e-mail addresses are masked.
     */
    private boolean email;

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public List<String> getKeys() {
        return this.keys;
    }

    public void setKeys(List<String> keys) {
        this.keys = keys;
    }

    public List<String> getAllowedKeys() {
        return this.allowedKeys;
    }

    public void setAllowedKeys(List<String> allowedKeys) {
        this.allowedKeys = allowedKeys;
    }

    public boolean isEmail() {
        return this.email;
    }

    public void setEmail(boolean email) {
        this.email = email;
    }

}
