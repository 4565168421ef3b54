package io.observability.sample.shop.traffic;

import java.util.Random;

/**
 * What a made-up customer does next, and how often out of a hundred times.
 */
enum Visit {

    /** Looks at a category. */
    BROWSE(46),

    /** Looks at a product. */
    LOOK(30),

    /** Orders one to three shirts. */
    ORDER(14),

    /** Looks at the order placed last. */
    TRACK(5),

    /** Follows an old link to a product that is gone. */
    STRAY(2),

    /** Mistypes the order form. */
    MISTYPE(2),

    /** Orders more than there is. */
    HOARD(1);

    private final int weight;

    Visit(int weight) {
        this.weight = weight;
    }

    static Visit next(Random random) {
        int left = random.nextInt(100);
        for (Visit visit : values()) {
            left -= visit.weight;
            if (left < 0) {
                return visit;
            }
        }
        return BROWSE;
    }

}
