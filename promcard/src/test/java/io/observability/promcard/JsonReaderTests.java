package io.observability.promcard;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonReaderTests {

    private static final String ANSWER = """
            {"status" : "success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","a":"\\u00e9\\n\\"\\\\\\/"},\
            "value":[1764086400.123,"1"]},{"metric":{},"value":[1,"NaN"]}],"stats":[true,false,null,-1.5e+3,[[]],{}]},\
            "warnings":["partial"],"error":"none"}""";

    @Test
    void readsWhatJacksonReads() throws Exception {
        List<String> texts = new ArrayList<>();
        PrometheusAnswer answer = new PrometheusAnswer(reader(ANSWER));
        answer.read((json) -> json.readObject((member) -> {
            if (member.equals("result")) {
                json.readArray(() -> json.readObject((part) -> {
                    if (part.equals("metric")) {
                        json.readObject((label) -> texts.add(label + "=" + json.readString()));
                    }
                    else {
                        json.skip();
                    }
                }));
            }
            else {
                json.skip();
            }
        }));
        String expected = JsonMapper.shared().readTree(ANSWER).at("/data/result/0/metric/a").asString();
        assertThat(texts).containsExactly("__name__=up", "a=" + expected);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.warnings()).containsExactly("partial");
        assertThat(answer.error()).isEqualTo("none");
    }

    @Test
    void noBeginningOfAnAnswerIsTakenForAWholeOne() {
        for (int length = 0; length < ANSWER.length(); length++) {
            String part = ANSWER.substring(0, length);
            assertThatExceptionOfType(IOException.class).as(part)
                .isThrownBy(() -> new PrometheusAnswer(reader(part)).read(JsonReader::skip));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "<html></html>", "{\"a\":1}}", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{\"a\":\"\n\"}",
            "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}", "{\"a\":[1,]}", "{\"a\":@}", "{\"status\":success\"}",
            "nonsense" })
    void whatIsNoAnswerIsRefused(String text) {
        assertThatExceptionOfType(JsonReader.MalformedJsonException.class)
            .isThrownBy(() -> new PrometheusAnswer(reader(text)).read(JsonReader::skip));
    }

    @Test
    void depthAndLengthHaveBounds() {
        String deep = "{\"a\":" + "[".repeat(100_000);
        assertThatExceptionOfType(JsonReader.MalformedJsonException.class)
            .isThrownBy(() -> new PrometheusAnswer(reader(deep)).read(JsonReader::skip))
            .withMessageContaining("levels");
        String longText = "{\"a\":\"" + "x".repeat(2 << 20);
        assertThatExceptionOfType(JsonReader.MalformedJsonException.class)
            .isThrownBy(() -> new PrometheusAnswer(reader(longText)).read(JsonReader::skip))
            .withMessageContaining("characters");
    }

    private static JsonReader reader(String text) {
        return new JsonReader(new StringReader(text));
    }

}
