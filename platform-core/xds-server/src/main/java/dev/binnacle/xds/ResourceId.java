package dev.binnacle.xds;

/** Names one resource of a proxy. */
public record ResourceId(XdsType type, String name) {}
