package io.observability.starter.surface;

import java.io.IOException;

import io.observability.starter.surface.TestService.Server;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter's own paths on real servers.
 */
class SurfaceIntegrationTests {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void pathsAreAnsweredAndOthersAreNot(Server server) {
        try (TestService service = TestService.on(server).with(Endpoints.class, CatchAll.class).start()) {
            for (String path : new String[] { "/probe", "/scrape" }) {
                TestService.Answer response = service.get(path + "?name%5B%5D=a&name%5B%5D=b");
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("ours name=[a, b] accept=null none=null unobserved=true");
                TestService.Answer head = service.send("HEAD", path);
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.header("Content-Length")).isNotNull().isNotEqualTo("0");
                assertThat(service.send("POST", path).body()).isEqualTo("posted");
                assertThat(service.get(path + "/").body()).doesNotStartWith("ours");
            }
            assertThat(service.get("/else").body()).isEqualTo("slug else");
            assertThat(service.context().getBean(Surface.class).takenOver()).isEmpty();
            assertThat(service.get("/actuator/health").body()).contains("\"status\":\"UP\"", "\"groups\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "JETTY" })
    void pathsAreBelowTheContextPath(Server server) {
        try (TestService service = TestService.on(server)
            .with(Endpoints.class)
            .set("server.servlet.context-path=/shop")
            .start()) {
            assertThat(service.get("/shop/probe").body()).startsWith("ours");
            assertThat(service.get("/shop/scrape").body()).startsWith("ours");
            assertThat(service.get("/probe").status()).isEqualTo(404);
        }
    }

    @Test
    void pathsAreBelowTheBasePathOfWebFlux() {
        try (TestService service = TestService.on(Server.NETTY)
            .with(Endpoints.class)
            .set("spring.webflux.base-path=/shop")
            .start()) {
            assertThat(service.get("/shop/probe").body()).startsWith("ours");
            assertThat(service.get("/probe").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void withAManagementPortProbesAreOnBothAndScrapesOnThatAlone(Server server) {
        try (TestService service = TestService.on(server)
            .with(Endpoints.class)
            .set("management.server.port=0", "management.server.address=127.0.0.1")
            .start()) {
            assertThat(service.get("/probe").body()).startsWith("ours");
            assertThat(service.get("/scrape").status()).isEqualTo(404);
            assertThat(service.getFromManagement("/probe").body()).startsWith("ours");
            assertThat(service.getFromManagement("/scrape").body()).startsWith("ours");
            assertThat(service.getFromManagement("/actuator/health").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void withSecurityProbesNeedNoCredentialsAndScrapesDo(Server server) {
        try (TestService service = TestService.on(server).with(Endpoints.class).withSecurity().start()) {
            assertThat(service.get("/probe").status()).isEqualTo(200);
            assertThat(service.get("/scrape").status()).isIn(302, 401);
            assertThat(service.get("/else").status()).isIn(302, 401);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void securityGuardsTheManagementPortAsWell(Server server) {
        try (TestService service = TestService.on(server)
            .with(Endpoints.class)
            .set("management.server.port=0", "management.server.address=127.0.0.1")
            .withSecurity()
            .start()) {
            assertThat(service.get("/probe").status()).isEqualTo(200);
            assertThat(service.getFromManagement("/probe").status()).isEqualTo(200);
            assertThat(service.getFromManagement("/scrape").status()).isIn(302, 401);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void controllerOfTheApplicationWins(Server server) {
        try (TestService service = TestService.on(server).with(Endpoints.class, Own.class).start()) {
            assertStepsBack(service);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void controllerOfALazyApplicationWins(Server server) {
        try (TestService service = TestService.on(server)
            .with(Endpoints.class, Own.class)
            .set("spring.main.lazy-initialization=true")
            .start()) {
            assertStepsBack(service);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "JETTY" })
    void routerFunctionOfAServletApplicationWins(Server server) {
        try (TestService service = TestService.on(server).with(Endpoints.class, ServletRoutes.class).start()) {
            assertStepsBack(service);
        }
    }

    @Test
    void routerFunctionOfAReactiveApplicationWins() {
        try (TestService service = TestService.on(Server.NETTY).with(Endpoints.class, ReactiveRoutes.class).start()) {
            assertStepsBack(service);
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "TOMCAT", "JETTY" })
    void servletOfTheApplicationWins(Server server) {
        try (TestService service = TestService.on(server).with(Endpoints.class, Servlets.class).start()) {
            assertStepsBack(service);
        }
    }

    @Test
    void viewControllerOfTheApplicationWins() {
        try (TestService service = TestService.on(Server.TOMCAT).with(Endpoints.class, Views.class).start()) {
            assertThat(service.context().getBean(Surface.class).takenOver()).containsExactly("/probe");
            assertThat(service.get("/probe").status()).isEqualTo(410);
        }
    }

    @Test
    void bootsOwnAdditionalPathsWin() {
        try (TestService service = TestService.on(Server.TOMCAT)
            .set("management.endpoint.health.probes.add-additional-paths=true")
            .start()) {
            assertThat(service.context().getBean(Surface.class).takenOver()).containsExactlyInAnyOrder("/livez",
                    "/readyz");
            assertThat(service.get("/livez").header("Content-Type")).contains("spring-boot.actuator");
        }
    }

    @Test
    void dispatcherServletBelowAPathMapsNoneOfOurs() {
        try (TestService service = TestService.on(Server.TOMCAT)
            .with(Endpoints.class, Own.class)
            .set("spring.mvc.servlet.path=/api")
            .start()) {
            assertThat(service.context().getBean(Surface.class).takenOver()).isEmpty();
            assertThat(service.get("/probe").body()).startsWith("ours");
            assertThat(service.get("/api/probe").body()).isEqualTo("own");
        }
    }

    @Test
    void serviceWithoutAWebServerStarts() {
        try (TestService service = TestService.on(Server.NONE).with(Endpoints.class).start()) {
            assertThat(service.context().getBeansOfType(Surface.class)).isEmpty();
            assertThat(service.context().isActive()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void switchedOffSurfaceAnswersNothing(Server server) {
        try (TestService service = TestService.on(server)
            .with(Endpoints.class)
            .set("observability.surface.enabled=false")
            .start()) {
            assertThat(service.get("/probe").status()).isEqualTo(404);
        }
    }

    private static void assertStepsBack(TestService service) {
        assertThat(service.context().getBean(Surface.class).takenOver()).containsExactly("/probe");
        assertThat(service.get("/probe").body()).isEqualTo("own");
        // The application maps POST alone, so GET stays ours.
        assertThat(service.get("/scrape").body()).startsWith("ours");
    }

    @Configuration(proxyBeanMethods = false)
    static class Endpoints {

        @Bean
        SurfaceEndpoint probe() {
            return new TestEndpoint("/probe", Audience.PROBE);
        }

        @Bean
        SurfaceEndpoint scrape() {
            return new TestEndpoint("/scrape", Audience.SCRAPER);
        }

    }

    @RestController
    static class CatchAll {

        @GetMapping("/{slug}")
        String slug(@PathVariable("slug") String slug) {
            return "slug " + slug;
        }

        @PostMapping({ "/probe", "/scrape" })
        String post() {
            return "posted";
        }

    }

    @RestController
    static class Own {

        @GetMapping("/probe")
        String own() {
            return "own";
        }

        @PostMapping("/scrape")
        String post() {
            return "posted";
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class ServletRoutes {

        @Bean
        org.springframework.web.servlet.function.RouterFunction<?> routes() {
            return org.springframework.web.servlet.function.RouterFunctions.route()
                .path("/pro",
                        (nested) -> nested.GET("/else",
                                (request) -> org.springframework.web.servlet.function.ServerResponse.ok().build()))
                .GET("/probe", (request) -> org.springframework.web.servlet.function.ServerResponse.ok().body("own"))
                .POST("/scrape", (request) -> org.springframework.web.servlet.function.ServerResponse.ok().build())
                .build();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class ReactiveRoutes {

        @Bean
        org.springframework.web.reactive.function.server.RouterFunction<?> routes() {
            return org.springframework.web.reactive.function.server.RouterFunctions.route()
                .path("/pro", (nested) -> nested.GET("/else",
                        (request) -> org.springframework.web.reactive.function.server.ServerResponse.ok().build()))
                .GET("/probe",
                        (request) -> org.springframework.web.reactive.function.server.ServerResponse.ok()
                            .bodyValue("own"))
                .POST("/scrape",
                        (request) -> org.springframework.web.reactive.function.server.ServerResponse.ok().build())
                .build();
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Servlets {

        @Bean
        ServletRegistrationBean<HttpServlet> own() {
            return new ServletRegistrationBean<>(new HttpServlet() {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    response.getWriter().write("own");
                }
            }, "/probe/*");
        }

    }

    @Configuration(proxyBeanMethods = false)
    static class Views implements WebMvcConfigurer {

        @Override
        public void addViewControllers(ViewControllerRegistry registry) {
            registry.addStatusController("/probe", org.springframework.http.HttpStatus.GONE);
        }

    }

}
