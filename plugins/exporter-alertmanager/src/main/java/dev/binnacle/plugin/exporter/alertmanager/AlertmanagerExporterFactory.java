package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.prometheus.sink.EndpointSettings;
import dev.binnacle.prometheus.sink.PlainUrl;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes {@code exporter-alertmanager}. */
public final class AlertmanagerExporterFactory implements ExporterFactory {
    private static final ValueType<String> ANY = new ValueType<>("a text", text -> text);

    static final ConfigKey<List<URI>> URLS = new ConfigKey<>(
            "urls",
            new ValueType<>(
                    "http or https URLs without a user and password, separated by commas",
                    AlertmanagerExporterFactory::urls),
            null,
            "The Alertmanagers, for example http://localhost:9093; each is told every alert");
    static final ConfigKey<List<Condition>> CONDITIONS = new ConfigKey<>(
            "conditions",
            new ValueType<>(
                    "METRIC == NUMBER for TIMES as ALERT LABEL=VALUE …, separated by commas", Condition::parseAll),
            "",
            "Series that are alerts besides ALERTS: up == 0 for 3 as TargetDown severity=critical");
    static final ConfigKey<String> SUMMARY = new ConfigKey<>(
            "summary", ANY, "{alertname}", "The annotation of that name; {label} and {value} stand for what they are");
    static final ConfigKey<String> DESCRIPTION =
            new ConfigKey<>("description", ANY, "", "The annotation of that name, with labels as in summary");
    static final ConfigKey<String> GENERATOR_URL = new ConfigKey<>(
            "generator-url", ANY, "", "Where to look at what fires, with labels as in summary; none when empty");
    static final ConfigKey<Duration> RESEND_DELAY =
            new ConfigKey<>("resend-delay", ValueType.DURATION, "1m", "How often an alert that goes on is told again");
    static final ConfigKey<Duration> ABSENT_AFTER = new ConfigKey<>(
            "absent-after", ValueType.DURATION, "5m", "An alert that nobody reports for this long is resolved");
    static final ConfigKey<Integer> MAX_ALERTS = new ConfigKey<>(
            "max-alerts",
            ValueType.atLeast(1),
            "10000",
            "The most alerts at a time; further ones are left out and counted");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-alertmanager",
                Stability.BETA,
                "Tells Alertmanagers about samples that are alerts",
                EndpointSettings.with(
                        URLS, CONDITIONS, SUMMARY, DESCRIPTION, GENERATOR_URL, RESEND_DELAY, ABSENT_AFTER, MAX_ALERTS),
                Capabilities.hosts("{urls}"));
    }

    @Override
    public Exporter create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var endpoints = new ArrayList<Endpoint>();
        for (var url : settings.get(URLS)) {
            endpoints.add(EndpointSettings.endpoint(settings, api(url)));
        }
        var timing = new Timing(settings.get(RESEND_DELAY), settings.get(ABSENT_AFTER));
        var watch = new AlertWatch(
                settings.get(CONDITIONS), new AlertBook(timing, settings.get(MAX_ALERTS)), settings.get(MAX_ALERTS));
        var texts = new AlertsJson(
                new Template(settings.get(SUMMARY)),
                new Template(settings.get(DESCRIPTION)),
                new Template(settings.get(GENERATOR_URL)));
        var managers = new Alertmanagers(endpoints, context.clock(), context.meters(), context.log());
        return AlertmanagerExporter.start(watch, texts, managers, context);
    }

    private static List<URI> urls(String text) {
        var urls = ValueType.LIST.parser().apply(text).stream()
                .map(PlainUrl.TYPE.parser())
                .toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("none");
        }
        return urls;
    }

    private static URI api(URI manager) {
        String base = manager.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "api/v2/alerts");
    }
}
