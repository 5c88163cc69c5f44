package dev.binnacle.plugins;

/**
 * What is known about one extension. A plugin that could not even be read has one line, with its file's name as id.
 *
 * @param id the extension's id, for example {@code collector-envoy}
 * @param kind {@code collector}, {@code exporter}, {@code generator}; {@code plugin} for a plugin that names no extensions
 * @param plugin the plugin's id, or its file's name when it has none
 * @param version the plugin's version; empty when unknown
 * @param state where it is in its life
 * @param stability {@code experimental}, {@code beta}, {@code stable}, {@code deprecated}; empty when unknown
 * @param reason why it is not OK, in words for an operator; empty when it is
 */
public record ExtensionStatus(
        String id, String kind, String plugin, String version, ExtensionState state, String stability, String reason) {}
