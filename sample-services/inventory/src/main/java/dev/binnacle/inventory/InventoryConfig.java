package dev.binnacle.inventory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** What the hold carries. */
@ConfigMapping(prefix = "inventory")
interface InventoryConfig {
    /** The articles, by SKU. */
    @WithDefault("bell,chart,compass,lantern,logbook,rope,sextant,spyglass")
    List<String> skus();

    /** Pieces of each article after a delivery, and at the start. */
    @WithDefault("120")
    int capacity();

    /** An article with fewer pieces than this is delivered anew. */
    @WithDefault("20")
    int reorderLevel();
}
