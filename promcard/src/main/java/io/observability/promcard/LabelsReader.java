package io.observability.promcard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the labels of a series, <code>{"__name__":"up","job":"shop"}</code>.
 */
final class LabelsReader {

    private final String family;

    private final SeriesSink sink;

    private final List<String> names = new ArrayList<>();

    private final List<String> values = new ArrayList<>();

    private String name = "";

    LabelsReader(String family, SeriesSink sink) {
        this.family = family;
        this.sink = sink;
    }

    void read(JsonReader json) throws IOException, CouldNotTellException {
        this.names.clear();
        this.values.clear();
        json.readObject((label) -> {
            if (label.equals("__name__")) {
                this.name = json.readString();
            }
            else {
                this.names.add(label);
                this.values.add(json.readString());
            }
        });
        this.sink.add(this.family, this.name, this.names, this.values);
    }

}
