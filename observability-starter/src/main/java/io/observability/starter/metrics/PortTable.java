package io.observability.starter.metrics;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Routes of one host by port. A host has one port, rarely two; above eight they are told
 * together. Finding a port that is known takes no lock and allocates nothing.
 * Thread-safe.
 */
final class PortTable {

    private static final int MAX_PORTS = 8;

    private static final int ANY_PORT = 0;

    private final IntFunction<BoundedTable<RouteMeters>> maker;

    private volatile Port[] ports = new Port[0];

    PortTable(IntFunction<BoundedTable<RouteMeters>> maker) {
        this.maker = maker;
    }

    BoundedTable<RouteMeters> get(int port) {
        Port[] all = this.ports;
        Port any = null;
        for (Port each : all) {
            if (each.number == port) {
                return each.routes;
            }
            any = (each.number == ANY_PORT) ? each : any;
        }
        return (any != null && all.length >= MAX_PORTS) ? any.routes : add(port);
    }

    private synchronized BoundedTable<RouteMeters> add(int port) {
        Port[] all = this.ports;
        int number = (all.length < MAX_PORTS) ? port : ANY_PORT;
        for (Port each : all) {
            if (each.number == number) {
                return each.routes;
            }
        }
        Port[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = new Port(number, this.maker.apply(number));
        this.ports = more;
        return more[all.length].routes;
    }

    private record Port(int number, BoundedTable<RouteMeters> routes) {

    }

}
