package dev.binnacle.mesh.topology;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

/** The file form of {@link MeshTopology}: what the launcher writes and the app reads. */
public final class TopologyJson {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private TopologyJson() {}

    /** Returns {@code topology} as JSON text that ends with a line break. */
    public static String write(MeshTopology topology) {
        return GSON.toJson(topology) + "\n";
    }

    /**
     * Returns the topology that {@code json} describes.
     *
     * @throws IllegalArgumentException when it describes none
     */
    public static MeshTopology read(String json) {
        try {
            MeshTopology topology = GSON.fromJson(json, MeshTopology.class);
            if (topology == null) {
                throw new IllegalArgumentException("the topology is empty");
            }
            return topology;
        } catch (JsonParseException | NullPointerException e) {
            throw new IllegalArgumentException("not a topology: " + e.getMessage(), e);
        }
    }
}
