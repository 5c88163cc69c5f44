package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.prometheus.http.AddressRule;

/**
 * What holds whatever a configuration file says.
 *
 * @param addresses where connections may lead
 * @param largestPage bytes of a page, unpacked, for jobs without a limit of their own
 * @param mostSeries series of one target
 */
public record ScrapeOptions(AddressRule addresses, long largestPage, int mostSeries) {
    /** Room for large targets, and none for attacks. */
    public static final ScrapeOptions DEFAULT = new ScrapeOptions(AddressRule.STANDARD, 1L << 28, 500_000);
}
