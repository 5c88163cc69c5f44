package dev.binnacle.plugin.generator.grafana;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Grafana reads when it starts: where Prometheus is, and where the dashboards are. */
final class Provisioning {
    private static final int VERSION = 1;

    private Provisioning() {}

    /** Returns the data source. */
    static String dataSource(GrafanaSettings settings) {
        var options = new LinkedHashMap<String, Object>();
        options.put("httpMethod", "POST");
        options.put("timeInterval", Durations.text(settings.scrape()));
        var source = new LinkedHashMap<String, Object>();
        source.put("name", "Binnacle Prometheus");
        source.put("uid", settings.prefix() + "-prometheus");
        source.put("type", "prometheus");
        source.put("access", "proxy");
        source.put("url", literal(settings.prometheus().toString()));
        source.put("editable", false);
        source.put("jsonData", options);
        return file("datasources", source);
    }

    /** Returns the provider of dashboards. */
    static String dashboards(GrafanaSettings settings) {
        var provider = new LinkedHashMap<String, Object>();
        provider.put("name", settings.prefix());
        provider.put("folder", literal(settings.folder()));
        provider.put("type", "file");
        provider.put("disableDeletion", true);
        provider.put("allowUiUpdates", false);
        provider.put("options", Map.of("path", literal(settings.path())));
        return file("providers", provider);
    }

    private static String file(String key, Map<String, Object> content) {
        var file = new LinkedHashMap<String, Object>();
        file.put("apiVersion", VERSION);
        file.put(key, List.of(content));
        return YamlWriter.write(file);
    }

    /** Grafana would take what follows a dollar for a variable of its environment. */
    private static String literal(String text) {
        return text.replace("$", "$$");
    }
}
