package dev.binnacle.plugins;

/**
 * Something of an unloaded plugin that is still there, and keeps its classes in memory.
 *
 * @param plugin the plugin's id
 * @param version its version
 * @param what {@code thread}, {@code thread-local}, {@code shutdown-hook}, {@code mbean}, {@code jdbc-driver},
 *     {@code security-provider}, {@code log-handler} or {@code exception-handler}
 * @param name which one
 */
public record Leak(String plugin, String version, String what, String name) {}
