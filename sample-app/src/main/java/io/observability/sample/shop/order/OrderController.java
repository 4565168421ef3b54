package io.observability.sample.shop.order;

import java.net.URI;
import java.util.UUID;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Orders over HTTP.
 */
@RestController
@RequestMapping("/api/orders")
@ConditionalOnRole(Role.SHOP)
class OrderController {

    private final OrderDesk desk;

    private final OrderRepository orders;

    OrderController(OrderDesk desk, OrderRepository orders) {
        this.desk = desk;
        this.orders = orders;
    }

    @PostMapping
    ResponseEntity<Order> place(@RequestBody @Valid NewOrder request) {
        Order order = this.desk.place(request);
        return ResponseEntity.created(URI.create("/api/orders/" + order.id())).body(order);
    }

    @GetMapping("/{id}")
    Order show(@PathVariable UUID id) {
        return this.orders.find(id).orElseThrow(() -> new OrderNotFoundException(id));
    }

}
