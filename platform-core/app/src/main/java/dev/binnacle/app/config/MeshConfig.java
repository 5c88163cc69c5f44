package dev.binnacle.app.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the wanted state of the mesh is found. Relative paths start at the working folder. */
@ConfigMapping(prefix = "binnacle.mesh")
public interface MeshConfig {
    /** Folders with manifests, read with their subfolders. */
    @WithDefault("sample-services/kubernetes,istio")
    List<Path> manifests();

    /** The folder for what is applied and deleted at run time. Only this application writes to it. */
    @WithDefault(".binnacle/overlays")
    Path overlays();

    /** The file in which the launcher says which pods run where. */
    @WithDefault(".binnacle/run/topology.json")
    Path topology();

    /** How often the three are looked at. */
    @WithDefault("100ms")
    Duration poll();
}
