package dev.binnacle.mesh.manifest;

/**
 * The text of one manifest file, which may hold several YAML documents.
 *
 * @param name the file as its user named it; appears in diagnostics and as the origin of routes
 * @param text the content, decoded as UTF-8
 */
public record ManifestFile(String name, String text) {}
