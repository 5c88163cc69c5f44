package dev.binnacle.kubernetes.apply;

import dev.binnacle.spi.generate.GeneratedFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Turns dashboards into ConfigMaps that the sidecar of Grafana's chart finds by their label. */
final class DashboardObjects {
    /** The label that the sidecar looks for unless it is told another one. */
    static final String SIDECAR_LABEL = "grafana_dashboard";

    /** What a ConfigMap may hold. */
    static final int MOST_BYTES = 1 << 20;

    private static final String FOLDER = "grafana/dashboards/";

    private final Map<String, String> labels;
    private final Consumer<String> problems;

    /**
     * @param labels of every object, beside what says that it is the platform's
     * @param problems is told what cannot become an object
     */
    DashboardObjects(Map<String, String> labels, Consumer<String> problems) {
        this.labels = new TreeMap<>(labels);
        this.labels.put(SIDECAR_LABEL, "1");
        this.problems = problems;
    }

    static boolean isDashboard(GeneratedFile file) {
        return file.path().startsWith(FOLDER) && file.path().endsWith(".json");
    }

    List<GeneratedObject> of(String generator, GeneratedFile file) {
        int size = file.text().getBytes(StandardCharsets.UTF_8).length;
        if (size > MOST_BYTES) {
            problems.accept(file.path() + " has " + size + " bytes, and a ConfigMap takes " + MOST_BYTES
                    + ". Make several dashboards of it");
            return List.of();
        }
        String path = file.path().substring(FOLDER.length());
        String key = path.replaceAll("[^-._a-zA-Z0-9]", "-");
        return List.of(new GeneratedObject(
                generator,
                GeneratedObject.CONFIG_MAP,
                ObjectNames.of("dashboard/" + path),
                labels,
                Map.of("grafana_folder", "Binnacle"),
                Map.of("data", Map.of(key, file.text()))));
    }
}
