package dev.binnacle.prometheus.config;

/** A user's name and password. */
public record BasicAuth(Secret username, Secret password) {}
