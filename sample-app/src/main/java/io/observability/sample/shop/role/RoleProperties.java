package io.observability.sample.shop.role;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this process does.
 *
 * @param roles roles of this process, all unless set; with both it calls itself over the
 * loopback
 */
@ConfigurationProperties("shop")
public record RoleProperties(@Nullable Set<Role> roles) {

    /**
     * Whether this process plays a role.
     * @param role the role
     * @return whether it is played here
     */
    public boolean plays(Role role) {
        return played().contains(role);
    }

    /**
     * All roles that this process plays.
     * @return the roles
     */
    public Set<Role> played() {
        return (this.roles != null) ? this.roles : EnumSet.allOf(Role.class);
    }

}
