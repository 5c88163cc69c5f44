package dev.binnacle.app.plugins;

import dev.binnacle.pipeline.Routes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Pipelines with members of their own; collectors and exporters that none names are in one together. */
@ConfigMapping(prefix = "binnacle.pipelines")
public interface PipelinesConfig {
    /** The pipelines, by a name of the user's. */
    @WithParentName
    Map<String, Members> pipelines();

    /** Who belongs to one pipeline. */
    interface Members {
        /** The ids of collectors whose samples go here only. */
        Set<String> collectors();

        /** The ids of exporters that get these samples only. */
        Set<String> exporters();
    }

    /** Returns the pipelines as samples go by them. */
    default Routes routes() {
        return new Routes(pipelines().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        pipeline -> new Routes.Members(
                                pipeline.getValue().collectors(),
                                pipeline.getValue().exporters()))));
    }
}
