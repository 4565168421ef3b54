package io.observability.promcard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The envelope of each answer of the API: {@code status}, {@code data}, {@code error},
 * {@code warnings}, in any order.
 */
final class PrometheusAnswer {

    private static final int MAX_WARNINGS = 10;

    private final JsonReader json;

    private final List<String> warnings = new ArrayList<>();

    private boolean success;

    private @Nullable String error;

    PrometheusAnswer(JsonReader json) {
        this.json = json;
    }

    /**
     * Read the answer to its end.
     * @param data reads the data
     */
    void read(Data data) throws IOException, CouldNotTellException {
        this.json.readObject((member) -> {
            if (member.equals("status") && this.json.isString()) {
                this.success = this.json.readString().equals("success");
            }
            else if (member.equals("error") && this.json.isString()) {
                this.error = this.json.readString();
            }
            else if (member.equals("warnings") && this.json.isArray()) {
                this.json.readArray(this::readWarning);
            }
            else if (member.equals("data") && (this.json.isArray() || this.json.isObject())) {
                data.read(this.json);
            }
            else {
                this.json.skip();
            }
        });
        this.json.end();
    }

    boolean isSuccess() {
        return this.success;
    }

    @Nullable String error() {
        return this.error;
    }

    List<String> warnings() {
        return this.warnings;
    }

    private void readWarning() throws IOException, CouldNotTellException {
        if (this.json.isString() && this.warnings.size() < MAX_WARNINGS) {
            this.warnings.add(TerminalText.of(this.json.readString(), 300));
        }
        else {
            this.json.skip();
        }
    }

    /**
     * Reads what was asked for.
     */
    @FunctionalInterface
    interface Data {

        void read(JsonReader json) throws IOException, CouldNotTellException;

    }

}
