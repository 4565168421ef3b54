package io.observability.sample.shop.catalog;

import java.util.List;

import io.observability.sample.shop.role.ConditionalOnRole;
import io.observability.sample.shop.role.Role;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Products by category, and the page of one product.
 */
@RestController
@RequestMapping("/api/products")
@ConditionalOnRole(Role.SHOP)
class ProductController {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProductController.class);

    private final ProductRepository products;

    private final ProductPages pages;

    ProductController(ProductRepository products, ProductPages pages) {
        this.products = products;
        this.pages = pages;
    }

    @GetMapping
    List<Product> list(@RequestParam(required = false) @Pattern(regexp = "[a-z]{1,40}") @Nullable String category) {
        List<Product> found = this.products.findAll(category);
        LOGGER.atDebug().addKeyValue("category", category).addKeyValue("products", found.size()).log("Products listed");
        return found;
    }

    @GetMapping("/{id}")
    ProductPage show(@PathVariable long id) {
        Product product = this.products.find(id).orElseThrow(() -> new ProductNotFoundException(id));
        return this.pages.assemble(product);
    }

}
