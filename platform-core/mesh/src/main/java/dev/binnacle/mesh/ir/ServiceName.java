package dev.binnacle.mesh.ir;

/**
 * A destination as metrics name it.
 *
 * @param host fully qualified
 * @param name the Service's name
 * @param namespace the Service's namespace
 */
public record ServiceName(String host, String name, String namespace) {}
