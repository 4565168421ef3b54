package io.observability.sample.shop.catalog;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * The threads that ask for the parts of a page.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.SHOP)
class PageConfiguration {

    // Not a default candidate, so that Spring Boot's own executor stays for @Async.
    @Bean(defaultCandidate = false)
    ThreadPoolTaskExecutor pageExecutor(PageProperties properties) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadNamePrefix("page-");
        executor.setCorePoolSize(properties.threads());
        executor.setMaxPoolSize(properties.threads());
        executor.setQueueCapacity(properties.queue());
        executor.setAllowCoreThreadTimeOut(true);
        return executor;
    }

}
