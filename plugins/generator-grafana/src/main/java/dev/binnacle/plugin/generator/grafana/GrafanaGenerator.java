package dev.binnacle.plugin.generator.grafana;

import dev.binnacle.plugin.generator.grafana.board.Board;
import dev.binnacle.plugin.generator.grafana.board.Names;
import dev.binnacle.plugin.generator.grafana.json.DashboardJson;
import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** Dashboards that ask for services, versions and objectives when they are looked at, so that no manifest changes them. */
final class GrafanaGenerator implements ConfigGenerator {
    static final String ID = "generator-grafana";

    private static final String RULES = "prometheus/rules/mesh-recording.yml";

    private final GrafanaSettings settings;
    private final Names names;

    GrafanaGenerator(GrafanaSettings settings) {
        this.settings = settings;
        this.names = new Names(settings.prefix(), Durations.text(settings.window()));
    }

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) {
        var files = new ArrayList<GeneratedFile>();
        var json = new DashboardJson(
                settings.prefix(), Durations.text(settings.refresh()), Durations.text(settings.span()), Made.by(ID));
        for (Board board : Board.all()) {
            files.add(new GeneratedFile("grafana/dashboards/" + board.id() + ".json", json.text(board.make(names))));
        }
        files.add(provisioning("datasources", Provisioning.dataSource(settings)));
        files.add(provisioning("dashboards", Provisioning.dashboards(settings)));
        return files;
    }

    /** Makes nothing more, but sees to it that what the dashboards ask for is recorded. */
    @Override
    public List<GeneratedFile> complete(List<GeneratedFile> all) throws GenerationException {
        String asked = names.workload("istio_requests", List.of()).metric();
        for (var file : all) {
            if (file.path().equals(RULES) && !file.text().contains("record: " + asked + "\n")) {
                throw new GenerationException(
                        GrafanaSettings.RATE_WINDOW.name() + ": " + RULES + " does not record " + asked
                                + ", which dashboards ask for. Write the rate-window of generator-prometheus",
                        null);
            }
        }
        return List.of();
    }

    private static GeneratedFile provisioning(String kind, String text) {
        return new GeneratedFile("grafana/provisioning/" + kind + "/binnacle.yaml", Made.comment(ID) + text);
    }
}
