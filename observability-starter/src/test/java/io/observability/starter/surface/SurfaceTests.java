package io.observability.starter.surface;

import java.util.List;

import io.observability.starter.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Surface}.
 */
class SurfaceTests {

    private final Surface surface = new Surface(List.of(new TestEndpoint("/b", Audience.PROBE),
            new TestEndpoint("/a", Audience.PROBE), new TestEndpoint("/m", Audience.SCRAPER)));

    @Test
    void findsEndpointsByTheWholePath() {
        assertThat(this.surface.find("/a")).isNotNull().extracting(SurfaceEndpoint::path).isEqualTo("/a");
        for (String path : new String[] { "", "/", "/A", "/a/", "/a/b", "a", "/%61" }) {
            assertThat(this.surface.find(path)).as(path).isNull();
        }
    }

    @Test
    void tellsPathsOfAnAudienceInOrder() {
        assertThat(this.surface.paths(Audience.PROBE)).containsExactly("/a", "/b");
        assertThat(this.surface.paths(Audience.SCRAPER)).containsExactly("/m");
    }

    @Test
    void leavesToTheApplicationWhatItMaps() {
        this.surface.stepBack(List.of("/a", "/api", "/{slug}", "/**"));
        this.surface.stepBack(List.of("/m"));
        assertThat(this.surface.takenOver()).containsExactlyInAnyOrder("/a", "/m");
        assertThat(this.surface.find("/a")).isNull();
        assertThat(this.surface.find("/b")).isNotNull();
        assertThat(this.surface.paths(Audience.PROBE)).containsExactly("/a", "/b");
    }

    @Test
    void twoEndpointsOfOnePathStopTheStart() {
        assertThatExceptionOfType(InvalidSettingException.class)
            .isThrownBy(() -> new Surface(
                    List.of(new TestEndpoint("/a", Audience.PROBE), new TestEndpoint("/a", Audience.SCRAPER))))
            .withMessageContaining("'/a'");
    }

}
