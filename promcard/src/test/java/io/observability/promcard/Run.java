package io.observability.promcard;

import java.io.PrintWriter;
import java.io.StringWriter;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of the command line.
 */
record Run(int code, String out, String err) {

    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Promcard.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
        return new Run(code, out.toString(), err.toString());
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(this.out);
    }

}
