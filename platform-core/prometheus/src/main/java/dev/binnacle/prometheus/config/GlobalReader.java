package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the global section. */
final class GlobalReader {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\{(\\w+)}|(\\w+))");

    private final Map<String, String> environment;

    GlobalReader(Map<String, String> environment) {
        this.environment = environment;
    }

    GlobalOptions read(Section section) {
        // About rules and queries, of which there are none here; the last ones are about a format that is not asked
        // for.
        section.ignore("evaluation_interval", "rule_query_offset", "keep_dropped_targets", "scrape_native_histograms");
        section.ignore("always_scrape_classic_histograms", "metric_name_escaping_scheme");
        ScrapeReader.requireLegacyNames(section);
        var interval = section.duration("scrape_interval", INTERVAL);
        var timeout = section.duration("scrape_timeout", interval.compareTo(TIMEOUT) < 0 ? interval : TIMEOUT);
        if (timeout.compareTo(interval) > 0) {
            section.problem("scrape_timeout", "is longer than the scrape_interval");
        }
        var options = new GlobalOptions(
                interval,
                timeout,
                ScrapeReader.isOpenMetrics(section, true),
                ScrapeReader.limits(section, ScrapeLimits.NONE),
                labels(section.section("external_labels")));
        section.end();
        return options;
    }

    private Labels labels(Section section) {
        var labels = new TreeMap<String, String>();
        section.map().forEach((name, value) -> labels.put(name, expanded(value)));
        try {
            return Labels.of(labels);
        } catch (IllegalArgumentException e) {
            section.problem("", String.valueOf(e.getMessage()));
            return Labels.EMPTY;
        }
    }

    private String expanded(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(2) : match.group(1);
            return Matcher.quoteReplacement(name == null ? "$" : environment.getOrDefault(name, ""));
        });
    }
}
