package dev.binnacle.prometheus.config;

import dev.binnacle.spi.model.Labels;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one job. */
final class ScrapeReader {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<String> PROTOCOLS =
            Set.of("OpenMetricsText1.0.0", "OpenMetricsText0.0.1", "PrometheusText1.0.0", "PrometheusText0.0.4");
    private static final Duration FILE_REFRESH = Duration.ofMinutes(5);
    private static final Duration HTTP_REFRESH = Duration.ofMinutes(1);

    private final HttpReader http;
    private final Path folder;
    private final GlobalOptions global;

    ScrapeReader(HttpReader http, Path folder, GlobalOptions global) {
        this.http = http;
        this.folder = folder;
        this.global = global;
    }

    ScrapeConfig read(Section section) {
        section.ignore("keep_dropped_targets", "scrape_native_histograms", "always_scrape_classic_histograms");
        section.ignore("metric_name_escaping_scheme", "native_histogram_bucket_limit");
        requireLegacyNames(section);
        var interval = section.duration("scrape_interval", global.interval());
        var config = new ScrapeConfig(
                jobName(section),
                interval,
                timeout(section, interval),
                section.text("metrics_path", "/metrics"),
                section.value("scheme", "http", ScrapeReader::scheme),
                params(section.section("params")),
                section.flag("honor_labels", false),
                section.flag("honor_timestamps", true),
                section.flag("track_timestamps_staleness", false),
                section.flag("enable_compression", true),
                isOpenMetrics(section, global.openMetrics()),
                section.value("fallback_scrape_protocol", "", ScrapeReader::protocol),
                limits(section, global.limits()),
                http.read(section),
                discoveries(section),
                RelabelReader.read(section.sections("relabel_configs")),
                RelabelReader.read(section.sections("metric_relabel_configs")));
        section.end();
        return config;
    }

    static ScrapeLimits limits(Section section, ScrapeLimits defaults) {
        return new ScrapeLimits(
                section.size("body_size_limit", defaults.bodySize()),
                section.number("sample_limit", defaults.samples()),
                section.number("label_limit", defaults.labels()),
                section.number("label_name_length_limit", defaults.labelNameLength()),
                section.number("label_value_length_limit", defaults.labelValueLength()),
                section.number("target_limit", defaults.targets()));
    }

    /** Tells whether OpenMetrics is the first of the formats that are wanted. */
    static boolean isOpenMetrics(Section section, boolean fallback) {
        var protocols = section.texts("scrape_protocols");
        for (String protocol : protocols) {
            if (!PROTOCOLS.contains(protocol)) {
                section.problem("scrape_protocols", "'" + protocol + "' is not supported");
            }
        }
        return protocols.isEmpty() ? fallback : protocols.getFirst().startsWith("OpenMetrics");
    }

    static void requireLegacyNames(Section section) {
        if (!section.text("metric_name_validation_scheme", "legacy").equals("legacy")) {
            section.problem(
                    "metric_name_validation_scheme", "only 'legacy' is supported: names of letters, digits and _");
        }
    }

    private static String jobName(Section section) {
        String name = section.text("job_name", "");
        if (name.isEmpty()) {
            section.problem("job_name", "job_name is missing");
        }
        return name;
    }

    private Duration timeout(Section section, Duration interval) {
        boolean own = section.has("scrape_timeout");
        var timeout = section.duration("scrape_timeout", global.timeout());
        if (own && timeout.compareTo(interval) > 0) {
            section.problem("scrape_timeout", "is longer than the scrape_interval");
        }
        if (interval.isZero()) {
            section.problem("scrape_interval", "is longer than 0");
        }
        return timeout.compareTo(interval) > 0 || timeout.isZero() ? interval : timeout;
    }

    private List<Discovery> discoveries(Section section) {
        var discoveries = new ArrayList<Discovery>();
        section.sections("static_configs").forEach(each -> discoveries.add(staticOnes(each)));
        section.sections("file_sd_configs").forEach(each -> discoveries.add(files(each)));
        section.sections("http_sd_configs").forEach(each -> discoveries.add(http(each)));
        return discoveries;
    }

    private static Discovery.Static staticOnes(Section section) {
        var targets = section.texts("targets");
        var labels = section.section("labels");
        var map = labels.map();
        section.end();
        try {
            return new Discovery.Static(targets, Labels.of(map));
        } catch (IllegalArgumentException e) {
            section.problem("labels", String.valueOf(e.getMessage()));
            return new Discovery.Static(targets, Labels.EMPTY);
        }
    }

    private Discovery.Files files(Section section) {
        var files = section.texts("files").stream().map(folder::resolve).toList();
        if (files.isEmpty()) {
            section.problem("files", "files are missing");
        }
        var discovery = new Discovery.Files(files, section.duration("refresh_interval", FILE_REFRESH));
        section.end();
        return discovery;
    }

    private Discovery.Http http(Section section) {
        var discovery = new Discovery.Http(
                section.value("url", URI.create("http://missing/"), ScrapeReader::url),
                section.duration("refresh_interval", HTTP_REFRESH),
                http.read(section));
        if (!section.has("url")) {
            section.problem("url", "url is missing");
        }
        section.end();
        return discovery;
    }

    static URI url(String text) {
        try {
            var url = URI.create(text);
            if (url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is an http or https URL", e);
        }
        throw new IllegalArgumentException("is an http or https URL");
    }

    private static Map<String, List<String>> params(Section section) {
        var params = new LinkedHashMap<String, List<String>>();
        for (String name : section.keys()) {
            params.put(name, section.texts(name));
        }
        return params;
    }

    private static String scheme(String text) {
        if (!SCHEMES.contains(text)) {
            throw new IllegalArgumentException("is http or https");
        }
        return text;
    }

    private static String protocol(String text) {
        if (!PROTOCOLS.contains(text)) {
            throw new IllegalArgumentException(
                    "is one of " + String.join(", ", PROTOCOLS.stream().sorted().toList()));
        }
        return text;
    }
}
