package dev.binnacle.prometheus.config;

/**
 * What makes a scrape fail; 0 is no limit.
 *
 * @param bodySize bytes, uncompressed
 * @param samples after relabelling
 * @param labels of one series
 * @param labelNameLength bytes
 * @param labelValueLength bytes
 * @param targets of one job, after relabelling: all of them fail when they are more
 */
public record ScrapeLimits(
        long bodySize, long samples, long labels, long labelNameLength, long labelValueLength, long targets) {
    /** No limits. */
    public static final ScrapeLimits NONE = new ScrapeLimits(0, 0, 0, 0, 0, 0);
}
